"""Reads the plain TOML that the table is written in, several times as fast as ``tomllib``.

The table is read on every run that finds anything, and most of that time went into general
TOML. What the files need of it is little: ``key = "text"``, ``key = ["text", …]``,
``[[rule]]`` or ``[[operation]]``, comments and empty lines. A text with anything else in it
is left to ``tomllib``, so that this never decides what TOML means.
"""

from __future__ import annotations

import json
import re
from typing import Any

# The escapes that JSON has as well, and no control characters.
_PLAIN = r'[^"\\\x00-\x1f\x7f]*'
_TEXT = rf'"{_PLAIN}(?:\\["\\bfnrt]{_PLAIN})*"'
_STATEMENT = re.compile(
    rf"(?P<key>[a-z0-9-]+) = (?:(?P<text>{_TEXT})"
    rf"|(?P<list>\[(?:{_TEXT}(?:, {_TEXT})*)?\]|\[\n(?:  {_TEXT},\n)*\]))\n"
    r"|\[\[(?P<rows>rule|operation)\]\]\n"
    r"|(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?\n"
)
_ITEM = re.compile(_TEXT)


def read_plain(text: str) -> dict[str, Any] | None:
    """Return what ``tomllib.loads`` would; None where only that can tell."""
    lists: dict[str, list[dict[str, Any]]] = {}
    document: dict[str, Any] = {}
    table = document
    end = 0
    for match in _STATEMENT.finditer(text):
        if match.start() != end:
            return None
        end = match.end()
        key, value, items, name = match.groups()
        if name is not None:
            table = {}
            lists.setdefault(name, []).append(table)
        elif key is not None:
            if key in table:
                return None
            table[key] = _read_text(value) if items is None else _read_list(items)
    if end != len(text) or not lists.keys().isdisjoint(document):
        return None
    return document | lists


def _read_list(text: str) -> list[str]:
    return [_read_text(item) for item in _ITEM.findall(text)]


def _read_text(quoted: str) -> str:
    return str(json.loads(quoted)) if "\\" in quoted else quoted[1:-1]
