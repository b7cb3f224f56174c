"""Takes a URL apart: which host it names, and which of its services the path behind it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from migrator.evaluate.domain import Hole, Str, Text
from migrator.namespace import find_namespace
from migrator.prefilter import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.evaluate.domain import Origin, Piece
    from migrator.namespace import NamespacedUrl

_HOLE = "\ue000"
_START = re.compile(r"\s*[a-zA-Z][a-zA-Z0-9+.-]*://(?:[^/?#@]*@)?|\s*//")
_PORT = re.compile(r":\d+")
_ENDS = re.compile(r"[\w-]\.[a-z]{2,3}$", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:[a-zA-Z][a-zA-Z0-9+.-]*://|//)?(?:[^\s/@\"'<>]*@)?[\w.-]*procore(?:gov)?\.com"
    r"[^\s\"'<>)\]]*",
    re.IGNORECASE,
)
_NAME = re.compile(rf"[\w.{_HOLE}-]+")
_API = re.compile(
    rf"(?:^|(?<=[/{_HOLE}]))(?P<namespace>{NAMESPACE}|rest/v\d+\.\d+)(?=[/?#{_HOLE}]|$)"
)
_OAUTH = re.compile(rf"(?:^|(?<=[/{_HOLE}]))oauth(?:/[a-z_/]*)?(?=[?#{_HOLE}]|$)")


class Service(Enum):
    """What a URL asks for."""

    API = auto()
    OAUTH = auto()
    NONE = auto()
    """It ends with its host."""
    OPEN = auto()
    """Something that is not known stands behind the host."""
    OTHER = auto()
    """A page for people, a file, anything else."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters ``[start, end)`` of the value of one literal."""

    origin: Origin
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Route:
    """A URL as far as it is known.

    ``host`` is in lower case, None where it is not known as a whole; ``spot`` is the
    literal that spells it, None where there is not one alone. ``url`` is how the URL reads
    with the old namespace, where it is one of the API; ``version`` what stands there.
    """

    service: Service
    host: str | None
    spot: Spot | None
    version: str | None
    url: NamespacedUrl | None


def read_route(value: Str) -> Route:
    """Return what a string is as a URL."""
    flat = flatten(value)
    start = _START.match(flat)
    name = _NAME.match(flat, start.end() if start else 0)
    host: str | None = None
    spot: Spot | None = None
    behind = 0
    if name is not None and (start is not None or "." in name[0]):
        # What is not known may be a part of the name, or a path that starts right behind it.
        known = name[0].partition(_HOLE)[0]
        behind = name.end()
        if known == name[0] or _ENDS.search(known):
            host, behind = known.lower(), name.start() + len(known)
            spot = find_spot(value, name.start(), behind)
            port = _PORT.match(flat, behind)
            behind = port.end() if port is not None else behind
    path = _API.search(flat, behind) if start or host or not flat[:1].isalnum() else None
    path = path or _API.match(flat)
    if path is not None and _stands_first(flat[behind : path.start()], host=host):
        as_vapid = Str(
            (
                *cut_pieces(value, 0, path.start("namespace")),
                Text(NAMESPACE),
                *cut_pieces(value, path.end("namespace"), len(flat)),
            )
        )
        url = next(iter(find_namespace(as_vapid)), None)
        return Route(Service.API, host, spot, path["namespace"], url)
    oauth = _OAUTH.search(flat, behind)
    if oauth is not None and _stands_first(flat[behind : oauth.start()], host=host):
        return Route(Service.OAUTH, host, spot, None, None)
    return Route(_read_rest(flat[behind:]), host, spot, None, None)


def find_segments(value: Str) -> list[tuple[str, int, int]]:
    """Return the segments behind the namespace, each with its place in the flat string."""
    flat = flatten(value)
    namespace = _API.search(flat)
    if namespace is None:
        return []
    path = re.split(r"[?#]", flat[namespace.end() :], maxsplit=1)[0]
    start = namespace.end()
    return [(m[0], start + m.start(), start + m.end()) for m in re.finditer(r"[^/]+", path)]


def find_routes(value: Str) -> Iterator[tuple[Str, Route]]:
    """Yield a string as a URL, or the URLs of Procore's hosts that stand in a longer text."""
    flat = flatten(value)
    found = [(m.start(), m.end()) for m in _WHOLE.finditer(flat)]
    if not found or found[0] == (0, len(flat)):
        yield value, read_route(value)
        return
    for start, end in found:
        url = Str(cut_pieces(value, start, end))
        yield url, read_route(url)


def _stands_first(between: str, *, host: str | None) -> bool:
    """Tell whether a namespace stands where it can: on Procore's own hosts right behind them.

    A base that is not known, or a proxy's, may have a path of its own.
    """
    if host is not None and host.endswith(("procore.com", "procoregov.com")):
        return not between.strip("/")
    return not re.search(r"[?#\s]", between)


def _read_rest(text: str) -> Service:
    if not text.strip("/ "):
        return Service.NONE
    return Service.OPEN if text.lstrip("/")[:1] == _HOLE else Service.OTHER


def flatten(value: Str) -> str:
    """Return a string with one character for each hole."""
    return "".join(_HOLE if isinstance(piece, Hole) else piece.text for piece in value.pieces)


def cut_pieces(value: Str, start: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces, or parts of them, between two places of the flat string."""
    found: list[Piece] = []
    position = 0
    for piece in value.pieces:
        length = 1 if isinstance(piece, Hole) else len(piece.text)
        low, high = max(start - position, 0), min(end - position, length)
        if low < high:
            found.append(piece if isinstance(piece, Hole) else piece.slice(low, high))
        position += length
    return tuple(found)


def find_spot(value: Str, start: int, end: int) -> Spot | None:
    """Return the literal that spells a part of a string, None where it is not one alone."""
    pieces = cut_pieces(value, start, end)
    first = pieces[0] if pieces else None
    if not isinstance(first, Text) or first.origin is None:
        return None
    position = first.offset
    for piece in pieces:
        if not isinstance(piece, Text) or piece.origin is not first.origin:
            return None
        if piece.offset != position:
            return None
        position += len(piece.text)
    return Spot(first.origin, first.offset, position)
