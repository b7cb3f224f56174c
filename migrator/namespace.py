"""Finds the namespace in a URL whose characters are partly known, and takes the URL apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from migrator.evaluate.domain import Hole, Str, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrator.evaluate.domain import Origin, Piece

NAMESPACE = "vapid"
REST = "rest/v1.0"

_HOLE = "\ue000"
_SEGMENT = re.compile(rf"(?:^|(?<=[/{_HOLE}])){NAMESPACE}(?=[/?#{_HOLE}]|$)")
_REST_SEGMENT = re.compile(rf"(?:^|(?<=[/{_HOLE}]))rest(?=/)")
_VERSION = re.compile(r"v\d+(?:\.\d+)?|v?[\d.]*\{\w*\}[\d.]*")
_WORD = re.compile(rf"(?<![\w-]){NAMESPACE}(?![\w-])")
_HOST = re.compile(r"^\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//(?P<host>[^/?#]*)")
_QUERY = re.compile(r"\?(?P<query>[^#]*)")
_PARAMETER = re.compile(rf"(?:^|[&;])(?P<name>[^=&;{_HOLE}]+)=")
_QUERY_HOLES = frozenset({"query", "params", "query_string", "qs", "querystring", "suffix", "args"})


@dataclass(frozen=True, slots=True)
class Spelled:
    """A part of the namespace segment: characters ``[start, end)`` of a literal's value."""

    origin: Origin
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NamespacedUrl:
    """A URL with the namespace as a segment.

    ``spelled`` are the literals that spell the segment, empty where none does. ``host``
    is None where it is not known, and then ``base`` says what stands there. ``path`` are
    the segments behind the namespace; an open one is not known to be a whole segment.
    """

    spelled: tuple[Spelled, ...]
    host: str | None
    base: tuple[object, ...]
    base_names: tuple[str, ...]
    prefix: str
    path: tuple[Segment, ...]
    attached: bool
    """Something unknown follows the namespace without a slash: its path is not known."""
    query: tuple[str, ...] = ()
    """The names of its query parameters, as far as they are spelled."""
    rest: bool = False
    """The namespace is that of Rest, and the version is the first segment of the path."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One path segment: its text, with ``{name}`` for holes.

    ``via`` is the variable that a known segment came through; ``open`` that all of it is
    a hole.
    """

    text: str
    via: str | None = None
    open: bool = False


def find_namespace(value: Str) -> list[NamespacedUrl]:
    """Return each reading of a string as a URL under the namespace, normally none or one."""
    return _find_segment(value, NAMESPACE, _SEGMENT)


def find_rest(value: Str) -> list[NamespacedUrl]:
    """Return each reading of a string as a URL under ``rest/v1.0`` or another version.

    A version that is not known is a placeholder.
    """
    return [
        replace(url, rest=True)
        for url in _find_segment(value, "rest", _REST_SEGMENT)
        if url.path and _VERSION.fullmatch(url.path[0].text)
    ]


def _find_segment(value: Str, word: str, segment: re.Pattern[str]) -> list[NamespacedUrl]:
    flat = "".join(_HOLE if isinstance(piece, Hole) else piece.text for piece in value.pieces)
    if word not in flat:
        return []
    ends = _ends(value.pieces)
    for match in segment.finditer(flat):
        before = flat[: match.start()]
        if "?" in before or "#" in before:
            continue
        host = _HOST.match(before)
        tail = flat[match.end() :]
        return [
            NamespacedUrl(
                _spelled(value.pieces, ends, match.start(), match.end()),
                _host_name(host["host"]) if host is not None else None,
                tuple(
                    p.key
                    for p in _between(value.pieces, ends, 0, match.start())
                    if isinstance(p, Hole)
                ),
                tuple(
                    str(name)
                    for p in _between(value.pieces, ends, 0, match.start())
                    if isinstance(p, Hole)
                    for name in (p.name, *_key_names(p.key))
                    if name
                ),
                before[host.end() :] if host is not None else before,
                _segments(value.pieces, ends, match.end(), len(flat)),
                tail.startswith(_HOLE),
                _parameters(tail),
            )
        ]
    return []


def _parameters(tail: str) -> tuple[str, ...]:
    """Return the names of the query parameters behind a path, each once."""
    query = _QUERY.search(tail)
    if query is None:
        return ()
    return tuple(dict.fromkeys(m["name"] for m in _PARAMETER.finditer(query["query"])))


def find_gap(value: Str) -> tuple[NamespacedUrl, str | None] | None:
    """Return a URL as it would be if what nobody knows in the namespace's place were it.

    That is a whole first segment behind a known host, with more behind it; its name is
    that of the variable which fills it.
    """
    for number, piece in enumerate(value.pieces[:-1]):
        if isinstance(piece, Hole):
            before, behind = value.pieces[:number], value.pieces[number + 1]
            texts = [each.text for each in before if isinstance(each, Text)]
            host = _HOST.match("".join(texts))
            if (
                host is None
                or "".join(texts)[host.end() :] != "/"
                or not isinstance(behind, Text)
                or not behind.text.startswith("/")
            ):
                return None
            filled = Str((*before, Text(NAMESPACE), *value.pieces[number + 1 :]))
            return next(((url, piece.name) for url in find_namespace(filled)), None)
    return None


def find_word(value: Str) -> list[NamespacedUrl]:
    """Return the namespace as a word of a pattern or of a part of a URL."""
    flat = "".join(_HOLE if isinstance(piece, Hole) else piece.text for piece in value.pieces)
    if "rest" in flat:
        # A pattern that already knows both is right before and after.
        return []
    ends = _ends(value.pieces)
    return [
        NamespacedUrl(
            _spelled(value.pieces, ends, match.start(), match.end()),
            host=None,
            base=(),
            base_names=(),
            prefix="",
            path=(),
            attached=True,
        )
        for match in _WORD.finditer(flat)
    ]


def _key_names(key: object) -> list[str]:
    """Return the strings inside a hole's key: the name of an environment variable."""
    if isinstance(key, tuple):
        return [name for part in key for name in _key_names(part)]
    return [key] if isinstance(key, str) else []


def _host_name(host: str) -> str | None:
    """Return a host without user and port, in lower case; ``*`` is the part not known."""
    name = host.rpartition("@")[2].lower().replace(_HOLE, "*")
    name = name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]
    return name if name.strip("*") else None


def _ends(pieces: Sequence[Piece]) -> list[int]:
    position, ends = 0, []
    for piece in pieces:
        position += 1 if isinstance(piece, Hole) else len(piece.text)
        ends.append(position)
    return ends


def _between(pieces: Sequence[Piece], ends: Sequence[int], start: int, end: int) -> list[Piece]:
    """Return the pieces, or parts of them, between two places of the flat text."""
    found: list[Piece] = []
    for piece, stop in zip(pieces, ends, strict=True):
        length = 1 if isinstance(piece, Hole) else len(piece.text)
        low, high = max(start - (stop - length), 0), min(end - (stop - length), length)
        if low < high:
            found.append(piece if isinstance(piece, Hole) else piece.slice(low, high))
    return found


def _spelled(
    pieces: Sequence[Piece], ends: Sequence[int], start: int, end: int
) -> tuple[Spelled, ...]:
    parts = _between(pieces, ends, start, end)
    if not all(isinstance(part, Text) and part.origin is not None for part in parts):
        return ()
    return tuple(
        Spelled(part.origin, part.offset, part.offset + len(part.text))
        for part in parts
        if isinstance(part, Text) and part.origin is not None
    )


def _segments(
    pieces: Sequence[Piece], ends: Sequence[int], start: int, end: int
) -> tuple[Segment, ...]:
    """Split what stands behind the namespace into segments, without the query."""
    segments: list[list[Piece]] = [[]]
    for piece in _between(pieces, ends, start, end):
        if isinstance(piece, Hole):
            segments[-1].append(piece)
            continue
        text, stop = piece, False
        cut = min((n for n in (text.text.find("?"), text.text.find("#")) if n >= 0), default=-1)
        if cut >= 0:
            text, stop = text.slice(0, cut), True
        position = 0
        while (slash := text.text.find("/", position)) >= 0:
            segments[-1].append(text.slice(position, slash))
            segments.append([])
            position = slash + 1
        segments[-1].append(text.slice(position, len(text.text)))
        if stop:
            break
    described = [_segment(parts) for parts in segments]
    return tuple(each for each in described if each is not None)


def _segment(parts: Sequence[Piece]) -> Segment | None:
    solid = [part for part in parts if isinstance(part, Hole) or part.text]
    if not solid:
        return None
    # A hole right behind text is more often a query than a part of the segment.
    last = solid[-1]
    if len(solid) > 1 and isinstance(last, Hole) and (last.name or "query") in _QUERY_HOLES:
        solid.pop()
    if len(solid) == 1 and isinstance(solid[0], Hole):
        return Segment(_placeholder(solid[0].name), open=True)
    if len(solid) == 1 and isinstance(solid[0], Text):
        text = solid[0]
        if text.via is not None and text.text.isdigit():
            return Segment(_placeholder(text.via), text.via)
        return Segment(text.text, text.via)
    return Segment("".join(p.text if isinstance(p, Text) else _placeholder(p.name) for p in solid))


def _placeholder(name: str | None) -> str:
    return f"{{{name}}}" if name else "{}"
