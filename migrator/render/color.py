"""Colours the diffs of the report: what each word is, and what of a line has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise, takewhile
from typing import Any

from migrator.render.diff import SIGNS, DiffLine, Kind

Piece = tuple[str, str]
"""The classes of a run of text, none for most, and the text."""

_CODE = frozenset({Kind.SAME, Kind.REMOVED, Kind.ADDED})
_PAINTED = 3_000
"""How many lines are coloured: beyond these, nobody reads them one by one."""
_CHANGED = "m"
_ALIKE = 0.3
"""How much of a line must be the same for the rest of it to stand out."""
_COLORS = (
    ("Comment", "c"),
    ("String", "s"),
    ("Keyword", "k"),
    ("Number", "n"),
    ("Name.Function", "f"),
    ("Name.Class", "f"),
    ("Name.Tag", "k"),
)


def make_painter() -> Callable[[Sequence[DiffLine], str], Iterator[tuple[str, list[Piece]]]]:
    """Return what colours diffs until it has coloured enough lines.

    It yields runs of lines of one kind, each with its pieces, which spell the signs and the
    line ends.
    """
    left = _PAINTED

    def paint(lines: Sequence[DiffLine], path: str) -> Iterator[tuple[str, list[Piece]]]:
        nonlocal left
        lexer = _find_lexer(path.rpartition("/")[2]) if left > 0 else None
        marks = _mark_changes(lines) if left > 0 else {}
        left -= len(lines)
        for kind, run in groupby(lines, key=lambda line: line.kind):
            pieces: list[Piece] = []
            for line in run:
                pieces.append(("", SIGNS[kind]))
                pieces += _paint(line, lexer, marks.get(id(line)))
                pieces.append(("", "\n"))
            yield kind.value, list(_join(pieces))

    return paint


@cache
def _find_lexer(name: str) -> Any:
    from pygments.lexers import get_lexer_for_filename  # noqa: PLC0415 - slow
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_for_filename(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _paint(line: DiffLine, lexer: Any, mark: tuple[int, int] | None) -> Iterator[Piece]:
    """Yield a line as pieces, cut where what has changed of it begins and ends."""
    if lexer is None or line.kind not in _CODE:
        if mark is None:
            yield "", line.text
            return
        runs = [("", line.text)]
    else:
        runs = [(_color_of(str(kind)), text) for kind, text in lexer.get_tokens(line.text)]
    start, end = mark or (0, 0)
    position = 0
    for color, text in runs:
        low, high = (min(max(each - position, 0), len(text)) for each in (start, end))
        yield color, text[:low]
        yield f"{color} {_CHANGED}".strip(), text[low:high]
        yield color, text[high:]
        position += len(text)


def _color_of(kind: str) -> str:
    return next((color for part, color in _COLORS if part in kind), "")


def _join(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for color, run in groupby((piece for piece in pieces if piece[1]), key=lambda piece: piece[0]):
        yield color, "".join(text for _, text in run)


def _mark_changes(lines: Sequence[DiffLine]) -> dict[int, tuple[int, int]]:
    """Return what differs between lines that stand for one another: start and end in each."""
    marks = {}
    runs = [(kind, list(run)) for kind, run in groupby(lines, key=lambda line: line.kind)]
    for (kind, gone), (next_kind, come) in pairwise(runs):
        if (kind, next_kind) != (Kind.REMOVED, Kind.ADDED):
            continue
        for old, new in zip(gone, come, strict=False):
            start = _count_alike(old.text, new.text)
            behind = _count_alike(reversed(old.text[start:]), reversed(new.text[start:]))
            if start + behind >= _ALIKE * max(len(old.text), len(new.text)):
                marks[id(old)] = start, len(old.text) - behind
                marks[id(new)] = start, len(new.text) - behind
    return marks


def _count_alike(one: Iterable[str], other: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
