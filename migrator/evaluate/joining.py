"""How URLs and paths are joined: by slashes, as links on a page, as folders."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from migrator.evaluate import strings
from migrator.evaluate.domain import (
    UNKNOWN,
    Hole,
    Made,
    Method,
    Str,
    Text,
    Unknown,
    known_text,
    plain,
)

if TYPE_CHECKING:
    from migrator.evaluate.domain import Piece, Value, Values


_PARTS = re.compile(
    r"(?:(?P<scheme>[a-zA-Z][\w+.-]*):)?//(?P<netloc>[^/?#]*)"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
"""A URL with a host, of which the parts are certain."""

URL_PARTS = ("scheme", "netloc", "path", "query", "fragment")
"""What ``urlsplit`` returns, in its order."""


def join_path(left: Value, right: Value) -> Value:
    """Apply ``/`` of a URL or path object."""
    if isinstance(right, Str) and isinstance(left, (Unknown, Made, Method)):
        left = Str((Hole(left.name if isinstance(left, Unknown) else left.via),))
    if not isinstance(left, Str) or not isinstance(right, (Str, Unknown)):
        return Unknown()
    return strings.concatenate(strings.strip(left, "/", left=False, right=True), plain("/"), right)


def join_urls(base: Value, path: Value) -> Value:
    """Apply ``urljoin``, which drops what stands behind the last slash of the base."""
    if not isinstance(base, Str) or not isinstance(path, Str):
        return strings.concatenate(base, path) if isinstance(path, Str) else Unknown()
    first = path.pieces[0] if path.pieces else None
    if not isinstance(first, Text):
        return strings.concatenate(base, path)
    if "://" in first.text:
        return path
    kept = _host(base) if first.text.startswith("/") else _folder(base)
    if kept is None:
        return path
    while first.text.startswith(("./", "../")):
        up = first.text.startswith("../")
        first = first.slice(3 if up else 2, len(first.text))
        kept = _folder(strings.strip(kept, "/", left=False, right=True)) if up else kept
    return strings.concatenate(kept, Str((first, *path.pieces[1:])))


def _host(base: Str) -> Str | None:
    """Return scheme and host of a URL; a base that starts with a hole counts as just that."""
    text = known_text(base)
    if text is not None:
        scheme, mark, rest = text.partition("://")
        return strings.cut(base, 0, len(scheme + mark + rest.partition("/")[0])) if mark else None
    kept: list[Piece] = []
    seen = ""
    for piece in base.pieces:
        if isinstance(piece, Hole):
            kept.append(piece)
            seen += "x"
            continue
        start = seen.find("://") + 3 - len(seen) if "://" in seen else piece.text.find("://") + 3
        slash = piece.text.find("/", max(start, 0))
        if slash >= 0:
            kept.append(piece.slice(0, slash))
            break
        kept.append(piece)
        seen += piece.text
    return strings.merge(kept)


def _folder(base: Str) -> Str:
    last = base.pieces[-1] if base.pieces else None
    if not isinstance(last, Text) or "/" not in last.text:
        return base
    if last.text.endswith("//") or urljoin(last.text, "x").endswith(f"{last.text}/x"):
        return strings.concatenate(base, plain("/"))
    return strings.merge((*base.pieces[:-1], last.slice(0, last.text.rindex("/") + 1)))


def replace_path(url: Value, path: Value) -> Value:
    """Return a URL with another path, and nothing behind that."""
    host = _host(url) if isinstance(url, Str) else None
    if host is None or not isinstance(path, Str):
        return Unknown()
    return strings.concatenate(host, *([] if starts_with_slash(path) else [plain("/")]), path)


def join_folders(parts: tuple[Values, ...]) -> Values:
    """Apply ``os.path.join``: one slash between, and an absolute part starts anew."""

    def join(*values: Value) -> Value:
        joined: Value = values[0]
        for value in values[1:]:
            text = known_text(value)
            if text is not None and posixpath.isabs(text):
                joined = value
                continue
            before = known_text(joined)
            ends = before is not None and (before.endswith("/") or not before)
            if isinstance(joined, Str) and joined.pieces and before is None:
                last = joined.pieces[-1]
                ends = isinstance(last, Text) and last.text.endswith("/")
            joined = strings.concatenate(joined, *([] if ends else [plain("/")]), value)
        return joined

    return strings.combine(parts, join) if parts else UNKNOWN


def split_path(value: Value) -> tuple[Value, Value]:
    """Apply ``posixpath.split``: what stands before the last slash, and behind it."""
    flat = strings.flatten(value) if isinstance(value, Str) else ""
    slash = flat.rfind("/")
    if not isinstance(value, Str) or strings.HOLE in flat[slash + 1 :]:
        return Unknown(), Unknown()
    head = strings.part(value, 0, slash + 1)
    if flat[: slash + 1].strip("/"):
        head = strings.strip(head, "/", left=False, right=True)
    return head, strings.part(value, slash + 1, len(flat))


def part_of_url(value: Value, name: str) -> Value:
    """Return a part of a URL by the name that ``urlsplit`` gives it."""
    flat = strings.flatten(value) if isinstance(value, Str) else ""
    match = _PARTS.match(flat)
    if not isinstance(value, Str) or match is None or strings.HOLE in flat[: match.start("netloc")]:
        return Unknown(name)
    start, end = match.span(name)
    return strings.part(value, start, end) if start >= 0 else plain("")


def starts_with_slash(value: Value) -> bool:
    """Tell whether a string is known to start with a slash."""
    first = value.pieces[0] if isinstance(value, Str) and value.pieces else None
    return isinstance(first, Text) and first.text.startswith("/")
