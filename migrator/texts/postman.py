"""Finds URLs that Postman has taken apart: ``"path": ["vapid", "me"]`` beside ``"raw"``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrator.namespace import REST
from migrator.prefilter import NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[][{}]', re.DOTALL)
_COLON = re.compile(r"\s*:")
_COMMA = re.compile(r"\s*,\s*")
_ITEM = f'"{NAMESPACE}"'
_PARTS = frozenset({"path", "host"})


@dataclass(frozen=True, slots=True)
class PathArray:
    """The namespace as an item of a ``path`` array, inside its quotes.

    ``urls`` are the same URL as the array spells it, and as ``raw`` beside it does; ``start``
    and ``stop`` enclose the object that they stand in; ``rest`` is what takes the place of
    the item.
    """

    place: tuple[int, int]
    urls: tuple[str, ...]
    start: int
    stop: int
    rest: str


@dataclass(slots=True)
class _Open:
    """An object or array whose end has not come, with what is known of it so far."""

    start: int
    is_object: bool
    key: str = ""
    raw: str = ""
    arrays: dict[str, list[re.Match[str]]] = field(default_factory=dict)
    items: list[re.Match[str]] = field(default_factory=list)


def find_arrays(text: str) -> Iterator[PathArray]:
    """Yield the path arrays of a JSON text with the namespace in them, in order of their ends.

    One walk over the tokens: a collection can be megabytes of nested folders.
    """
    if _ITEM not in text or '"path"' not in text:
        return
    stack: list[_Open] = []
    for token in _TOKEN.finditer(text):
        top = stack[-1] if stack else None
        match token[0]:
            case "{" | "[":
                stack.append(_Open(token.start(), token[0] == "{"))
            case "}" | "]" if top is not None:
                stack.pop()
                if top.is_object:
                    yield from _read(text, top, token.end())
                elif stack and stack[-1].is_object and stack[-1].key in _PARTS:
                    stack[-1].arrays[stack[-1].key] = top.items
            case word if top is not None and word[0] == '"':
                if not top.is_object:
                    top.items.append(token)
                elif _COLON.match(text, token.end()):
                    top.key = word[1:-1]
                elif top.key == "raw":
                    top.raw = _plain(word)
            case _:
                pass


def _read(text: str, found: _Open, stop: int) -> Iterator[PathArray]:
    items = found.arrays.get("path", [])
    number = next((n for n, item in enumerate(items) if item[0] == _ITEM), None)
    if number is None:
        return
    word = items[number]
    host = ".".join(_plain(item[0]) for item in found.arrays.get("host", []))
    path = "/".join(_plain(item[0]) for item in items)
    rest = f'"{_separator(text, items, number)}"'.join(REST.split("/"))
    url = f"https://{host}/{path}" if host else f"/{path}"
    urls = (url, found.raw) if found.raw else (url,)
    yield PathArray((word.start() + 1, word.end() - 1), urls, found.start, stop, rest)


def _plain(item: str) -> str:
    try:
        return str(json.loads(item, strict=False))
    except ValueError:
        return item[1:-1]


def _separator(text: str, items: list[re.Match[str]], number: int) -> str:
    """Return what stands between this item and the next, or would: a comma and white space."""
    first = min(number, len(items) - 2)
    if first < 0:
        return ", "
    between = text[items[first].end() : items[first + 1].start()]
    return between if _COMMA.fullmatch(between) else ", "
