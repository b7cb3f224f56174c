"""Finds the namespace in a URL whose characters are partly known, and takes the URL apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from migrator.evaluate.domain import Hole, Str, Text
from migrator.evaluate.strings import HOLE, ends_of, flatten, pieces_between
from migrator.prefilter import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrator.evaluate.domain import Origin, Piece

REST = "rest/v1.0"
FIRST = "rest"
"""What stands where the namespace did in the segments of a path."""

_SEGMENT = re.compile(rf"(?:^|(?<=[/{HOLE}])){NAMESPACE}(?=[/?#{HOLE}]|$)")
_REST_SEGMENT = re.compile(rf"(?:^|(?<=[/{HOLE}]))rest(?=/)")
_VERSION = re.compile(r"v\d+(?:\.\d+)?|v?[\d.]*\{\w*\}[\d.]*")
_WORD = re.compile(rf"(?<![\w-]){NAMESPACE}(?![\w-])")
_HOST = re.compile(r"^\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//(?P<host>[^/?#]*)")
_QUERY = re.compile(r"\?(?P<query>[^#]*)")
_PARAMETER = re.compile(rf"(?:^|[&;])(?P<name>[^=&;{HOLE}]+)=")
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
    return _read_under(value, NAMESPACE, _SEGMENT)


def find_rest(value: Str) -> list[NamespacedUrl]:
    """Return each reading of a string as a URL under ``rest/v1.0`` or another version.

    A version that is not known is a placeholder.
    """
    return [
        replace(url, rest=True)
        for url in _read_under(value, "rest", _REST_SEGMENT)
        if url.path and _VERSION.fullmatch(url.path[0].text)
    ]


def _read_under(value: Str, word: str, segment: re.Pattern[str]) -> list[NamespacedUrl]:
    flat = flatten(value)
    if word not in flat:
        return []
    match = _find_segment(flat, segment)
    if match is None:
        return []
    ends = ends_of(value.pieces)
    before, tail = flat[: match.start()], flat[match.end() :]
    host = _HOST.match(before)
    holes = [
        piece
        for piece in pieces_between(value.pieces, ends, 0, match.start())
        if isinstance(piece, Hole)
    ]
    return [
        NamespacedUrl(
            _spelled(value.pieces, ends, match.start(), match.end()),
            _host_name(host["host"]) if host is not None else None,
            tuple(hole.key for hole in holes),
            tuple(
                str(name) for hole in holes for name in (hole.name, *_key_names(hole.key)) if name
            ),
            before[host.end() :] if host is not None else before,
            _segments(value.pieces, ends, match.end(), len(flat)),
            tail.startswith(HOLE),
            _parameters(tail),
        )
    ]


def _find_segment(flat: str, segment: re.Pattern[str]) -> re.Match[str] | None:
    """Return the first place that a segment stands in a URL, before any query."""
    for match in segment.finditer(flat):
        if "?" not in flat[: match.start()] and "#" not in flat[: match.start()]:
            return match
    return None


def moved_text(value: Str, new: str = REST) -> str:
    """Return the flattened text of a string that has the namespace, with the new one."""
    flat = flatten(value)
    match = _find_segment(flat, _SEGMENT)
    return flat if match is None else flat[: match.start()] + new + flat[match.end() :]


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
    flat = flatten(value)
    if "rest" in flat:
        # A pattern that already knows both is right before and after.
        return []
    ends = ends_of(value.pieces)
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
    name = host.rpartition("@")[2].lower().replace(HOLE, "*")
    name = name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]
    return name if name.strip("*") else None


def _spelled(
    pieces: Sequence[Piece], ends: Sequence[int], start: int, end: int
) -> tuple[Spelled, ...]:
    parts = pieces_between(pieces, ends, start, end)
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
    for piece in pieces_between(pieces, ends, start, end):
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
