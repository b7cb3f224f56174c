"""What Python's string operations do to strings whose characters are only partly known."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from migrator.evaluate.domain import (
    CHARACTERS,
    LENGTH,
    LIMIT,
    UNKNOWN,
    Const,
    Hole,
    Made,
    Map,
    Method,
    Seq,
    Str,
    Text,
    Unknown,
    drawn_from,
    known_text,
    union,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from migrator.evaluate.domain import Piece, Value, Values


HOLE = "\ue000"
"""What stands for an unknown part in a flattened string."""


def pieces_of(value: Value) -> tuple[Piece, ...]:
    """Return what a value looks like inside a longer string."""
    match value:
        case Str(pieces):
            return pieces
        case Const(bool() | None as constant, via):
            return (Hole(via, ("constant", constant)),)
        case Const(constant, via):
            return (Text(str(constant), via=via or ""),)
        case Unknown(name, key):
            return (Hole(name, key),)
        case Made() if drawn_from(value):
            return (Hole(value.via, ("drawn", value)),)
        case Made() | Method():
            return (Hole(value.via),)
        case _:
            return (Hole(),)


def flatten(value: Str) -> str:
    """Return the characters of a string, one ``HOLE`` for each part that is not known."""
    return "".join(HOLE if isinstance(piece, Hole) else piece.text for piece in value.pieces)


def part(value: Str, start: int, end: int) -> Str:
    """Return what stands between two places of the flattened text."""
    return Str(tuple(pieces_between(value.pieces, ends_of(value.pieces), start, end)))


def ends_of(pieces: Sequence[Piece]) -> list[int]:
    """Return where each piece ends in the flattened text."""
    position, ends = 0, []
    for piece in pieces:
        position += 1 if isinstance(piece, Hole) else len(piece.text)
        ends.append(position)
    return ends


def pieces_between(
    pieces: Sequence[Piece], ends: Sequence[int], start: int, end: int
) -> list[Piece]:
    """Return the pieces, or parts of them, between two places of the flattened text."""
    found: list[Piece] = []
    for piece, stop in zip(pieces, ends, strict=True):
        length = 1 if isinstance(piece, Hole) else len(piece.text)
        low, high = max(start - (stop - length), 0), min(end - (stop - length), length)
        if low < high:
            found.append(piece if isinstance(piece, Hole) else piece.slice(low, high))
    return found


def merge(pieces: Sequence[Piece]) -> Str:
    """Return a string of pieces, without the empty ones, and no longer than is allowed."""
    kept = tuple(piece for piece in pieces if isinstance(piece, Hole) or piece.text)
    if len(kept) > 16:
        size = sum(len(piece.text) for piece in kept if isinstance(piece, Text))
        if len(kept) > LENGTH or size > CHARACTERS:
            kept = (*_first(kept), Hole())
    return Str(kept)


def _first(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield as many pieces as one string may have."""
    size = 0
    for piece in pieces[: LENGTH - 1]:
        size += len(piece.text) if isinstance(piece, Text) else 1
        if size > CHARACTERS:
            return
        yield piece


def combine(groups: Sequence[Values], build: Callable[..., Value]) -> Values:
    """Return ``build`` of every combination of alternatives; holes where there are too many."""
    count = 1
    for group in groups:
        count *= len(group)
    if count > LIMIT:
        # Keep what is certain: one combination in which the many-valued parts are holes.
        groups = [group if len(group) == 1 else UNKNOWN for group in groups]
    return union([(build(*chosen),) for chosen in product(*groups)])


def concatenate(*values: Value) -> Str:
    """Return the strings of values behind one another."""
    return merge([piece for value in values for piece in pieces_of(value)])


def named(values: Values, name: str) -> Values:
    """Return values as read through a variable: what fills a placeholder bears its name."""
    return tuple(named_one(value, name) for value in values)


def named_one(value: Value, name: str) -> Value:
    """Return one value as read through a variable."""
    match value:
        case Unknown(known, key):
            return value if known == name else Unknown(name, key)
        case Const() | Made() | Method():
            return value if value.via == name else replace(value, via=name)
        case Str((Hole() as hole,)):
            return Str((replace(hole, name=name),))
        case Str((Text() as text,)) if "/" not in text.text:
            return Str((replace(text, via=name),))
        case _:
            return value


# Methods


def strip(value: Str, characters: str, *, left: bool, right: bool) -> Str:
    """Strip characters from the known ends of a string."""
    pieces = list(value.pieces)
    while left and pieces and isinstance(pieces[0], Text):
        text = pieces[0]
        kept = text.text.lstrip(characters)
        pieces[0] = text.slice(len(text.text) - len(kept), len(text.text))
        if kept:
            break
        del pieces[0]
    while right and pieces and isinstance(pieces[-1], Text):
        text = pieces[-1]
        kept = text.text.rstrip(characters)
        pieces[-1] = text.slice(0, len(kept))
        if kept:
            break
        del pieces[-1]
    return merge(pieces)


def remove_affix(value: Str, affix: str, *, prefix: bool) -> Str:
    """Remove a prefix or suffix where it is known to be there."""
    text = value.pieces[0 if prefix else -1] if value.pieces else None
    if not isinstance(text, Text) or not affix:
        return value
    if prefix and text.text.startswith(affix):
        return merge((text.slice(len(affix), len(text.text)), *value.pieces[1:]))
    if not prefix and text.text.endswith(affix):
        return merge((*value.pieces[:-1], text.slice(0, len(text.text) - len(affix))))
    return value


def substitute(value: Str, old: str, new: Value, count: int = -1) -> Str:
    """Replace each known occurrence of ``old``, at most ``count`` where that is not negative."""
    if not old:
        return Str((Hole(),))
    pieces: list[Piece] = []
    for piece in joined(value.pieces):
        if isinstance(piece, Hole) or old not in piece.text:
            pieces.append(piece)
            continue
        start = 0
        while count and (found := piece.text.find(old, start)) >= 0:
            pieces.append(piece.slice(start, found))
            pieces.extend(pieces_of(new))
            start = found + len(old)
            count -= 1
        pieces.append(piece.slice(start, len(piece.text)))
    return merge(pieces)


def joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield pieces with neighbouring texts of the same spelling put together again."""
    before: Piece | None = None
    for piece in pieces:
        if (
            isinstance(before, Text)
            and isinstance(piece, Text)
            and before.origin is piece.origin
            and before.origin is not None
            and before.offset + len(before.text) == piece.offset
        ):
            before = replace(before, text=before.text + piece.text)
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def change_case(value: Str, change: Callable[[str], str]) -> Str:
    """Apply ``upper``, ``lower`` and their like; text that changes is spelled by nobody."""
    return Str(
        tuple(
            piece
            if isinstance(piece, Hole) or change(piece.text) == piece.text
            else Text(change(piece.text), via=piece.via)
            for piece in value.pieces
        )
    )


def split(value: Str, separator: str, limit: int) -> Seq | None:
    """Split at a known separator; None where a hole may hide more of them."""
    if any(isinstance(piece, Hole) for piece in value.pieces):
        return None
    parts: list[list[Piece]] = [[]]
    for piece in value.pieces:
        if not isinstance(piece, Text):
            continue
        start = 0
        while (found := piece.text.find(separator, start)) >= 0 and len(parts) <= limit:
            parts[-1].append(piece.slice(start, found))
            parts.append([])
            start = found + len(separator)
        parts[-1].append(piece.slice(start, len(piece.text)))
    return Seq(tuple((merge(part),) for part in parts))


def cut(value: Str, start: int | None, end: int | None) -> Str:
    """Slice a string as far as its characters are known."""
    text = known_text(value)
    if text is None:
        return _cut_open(value, start, end)
    first, last, _ = slice(start, end).indices(len(text))
    pieces: list[Piece] = []
    position = 0
    for piece in value.pieces:
        if isinstance(piece, Text):
            length = len(piece.text)
            low, high = max(first - position, 0), min(last - position, length)
            if low < high:
                pieces.append(piece.slice(low, high))
            position += length
    return merge(pieces)


def _cut_open(value: Str, start: int | None, end: int | None) -> Str:
    pieces = list(value.pieces)
    first, last = pieces[0], pieces[-1]
    if start and start > 0:
        if not isinstance(first, Text) or len(first.text) < start:
            return Str((Hole(),))
        pieces[0] = first.slice(start, len(first.text))
    elif start:
        return Str((Hole(),))
    if end is not None and end < 0:
        if not isinstance(last, Text) or len(last.text) < -end:
            return Str((Hole(),))
        pieces[-1] = last.slice(0, len(last.text) + end)
    elif end is not None:
        return Str((Hole(),))
    return merge(pieces)


def join_strings(separator: Str, sequence: Value) -> Values:
    """Apply ``str.join``."""
    if not isinstance(sequence, Seq) or not sequence.exact:
        return (Str((Hole(),)),)
    groups: list[Values] = []
    for number, element in enumerate(sequence.elements):
        if number:
            groups.append((separator,))
        groups.append(element)
    return combine(groups, concatenate)


def merge_items(items: Sequence[tuple[Value, Values]]) -> tuple[tuple[Value, Values], ...]:
    """Return the items of a dict: of those with one known key, the last where the first stood."""
    merged: dict[object, tuple[Value, Values]] = {}
    for number, (key, values) in enumerate(items):
        text = known_text(key)
        place = (text,) if text is not None else (key if isinstance(key, Const) else number)
        merged[place] = (merged[place][0] if place in merged else key, values)
    return tuple(merged.values())


def lookup(mapping: Map, key: str) -> Values | None:
    """Return what a dict holds under a string key."""
    for known, values in mapping.items:
        if known_text(known) == key:
            return values
    return None
