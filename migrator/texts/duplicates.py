"""Finds what a rewrite would put into a list of settings a second time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from migrator.evaluate.marking import mark_words
from migrator.namespace import REST
from migrator.prefilter import NAMESPACE
from migrator.program.settings import LOADING_ERRORS, find_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.evaluate.marking import Marked
    from migrator.values import SourceFile

DUPLICATE = "; the list then holds that URL twice"
"""What is said of an edit that makes a duplicate."""

_ITEM = re.compile(r"[^\s,;|]+")
_LONG = 10_000
"""Characters of a value that is a document of its own, and no item of a list."""
_REST = re.compile(r"rest\\?/v1\.0")


def find_duplicates(source: SourceFile) -> frozenset[int]:
    """Return where the namespace starts whose list has the same URL under the new one.

    Lists are those of JSON, YAML and TOML, and items with commas or blanks between them.
    """
    parse = find_parser(source.path)
    if parse is None or _REST.search(source.text) is None:
        return frozenset()
    try:
        tree = parse(source.text)
        marks = mark_words(source.text, parse)
    except LOADING_ERRORS:
        return frozenset()
    # Items of a list end in their number.
    lists = {keys[:-1]: _items(tree, keys[:-1]) for keys in marks if keys and keys[-1].isdecimal()}
    return frozenset(
        place
        for keys, entries in marks.items()
        for entry in entries
        if len(entry.value) <= _LONG
        for place in _repeated(entry, lists.get(keys[:-1], frozenset()))
    )


def _items(tree: object, keys: tuple[str, ...]) -> frozenset[str]:
    """Return the texts of the list that keys lead to; none where it is no list."""
    found = tree
    for key in keys:
        if isinstance(found, dict):
            found = found.get(key)
        elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
            found = found[int(key)]
        else:
            return frozenset()
    return frozenset(filter(_is_text, found)) if isinstance(found, list) else frozenset()


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def _repeated(entry: Marked, items: frozenset[str]) -> Iterator[int]:
    for at, place in entry.words:
        moved = f"{entry.value[:at]}{REST}{entry.value[at + len(NAMESPACE) :]}"
        spans = {match.span(): match[0] for match in _ITEM.finditer(moved)}
        own = next((item for (low, high), item in spans.items() if low <= at < high), "")
        if moved in items or list(spans.values()).count(own) > 1:
            yield place
