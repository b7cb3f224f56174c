"""Finds where a settings file spells its values, whatever the format.

No parser of the standard library says where a value stands. So each word of the namespace is
given a mark of its own in the text, the text is parsed again, and the marks come back in the
values. Any other value is looked for in the text, behind its key.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from migrator.evaluate.spelling import Spelling
from migrator.prefilter import WORD
from migrator.program.settings import LOADING_ERRORS, find_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from migrator.program.settings import SettingsFile

Keys = tuple[str, ...]

_NAMESPACE = WORD.decode()
_OPEN, _CLOSE = "\ue001", "\ue002"
# Behind & and * it names an anchor of YAML, which is no value.
_WORD = re.compile(rf"(?<![\w&*-]){_NAMESPACE}(?![\w-])")
_MARK = re.compile(rf"{_OPEN}(\d+){_CLOSE}")
_MOST = 200_000
"""The most values that are looked at: aliases of YAML can make a tree endless."""
_LARGE = 200_000
"""Characters of a file that is no longer searched for each of its values."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with the namespace in it; ``words`` pair its place there with that in the text."""

    value: str
    words: tuple[tuple[int, int], ...]

    def spell(self, start: int) -> Spelling:
        """Return how the text spells the value from a place in it on, as far as words go."""
        value = self.value[start:]
        words = [(at - start, place) for at, place in self.words if at >= start]
        if len(words) == 1:
            at, place = words[0]
            return Spelling(value, place - at, None, raw=False)
        starts = list(range(len(value) + 1))
        for at, place in words:
            starts[at:] = range(place, place + len(starts) - at)
        return Spelling(value, 0, tuple(starts), raw=False)


Marks = dict[Keys, list[Marked]]
"""The values by the keys that lead to them, with and without the numbers of list items."""


def spell_value(file: SettingsFile, keys: Keys, value: str) -> Spelling | None:
    """Return how a settings file spells a value, None where it is not spelled as it is."""
    text = file.source.text
    if _NAMESPACE in value:
        return find_spelling(_mark(file), keys, value)
    if len(text) > _LARGE:
        return None
    start = 0
    for key in keys:
        start = _find_end(text, key, start)
    behind = text.find(value, start)
    return Spelling(value, behind, None, raw=False) if behind >= 0 else None


def _find_end(text: str, word: str, start: int) -> int:
    """Return where a word next ends; where it does not come any more, ``start``.

    A pattern for each of thousands of words would take longer to compile than to find it.
    """
    at = text.find(word, start)
    while at >= 0:
        end = at + len(word)
        if not (_is_inner(text[at - 1 : at]) or _is_inner(text[end : end + 1])):
            return end
        at = text.find(word, at + 1)
    return start


def _is_inner(character: str) -> bool:
    return character.isalnum() or character in {"_", "-"}


@lru_cache(maxsize=64)
def _mark(file: SettingsFile) -> Marks:
    """Return where the words of a file stand, once for all of its values."""
    parse = find_parser(file.path)
    try:
        return {} if parse is None else mark_words(file.source.text, parse)
    except LOADING_ERRORS:
        # A mark can break what the word did not, such as the name of an anchor.
        return {}


def mark_words(text: str, parse: Callable[[str], object]) -> Marks:
    """Return the values in which the words of a text come back, by their keys."""
    places = [match.start() for match in _WORD.finditer(text)]
    if not places or _OPEN in text or _CLOSE in text:
        return {}
    number = iter(range(len(places)))
    marked = _WORD.sub(lambda match: f"{match[0]}{_OPEN}{next(number)}{_CLOSE}", text)
    found: Marks = {}
    for keys, plain, value in _walk(parse(marked)):
        if _OPEN in value:
            entry = _read(value, places)
            for each in dict.fromkeys((keys, plain)):
                found.setdefault(each, []).append(entry)
    return found


def find_spelling(marks: Marks, keys: Keys, value: str) -> Spelling | None:
    """Return how a value is spelled; None where it has no place, as one with escapes in the word.

    ``keys`` may leave out the numbers of list items; their last may be the name in an item
    such as ``NAME=value``.
    """
    if not keys:
        return None
    # configparser has the names of options in lower case only.
    for each in (keys, (*keys[:-1], keys[-1].lower())):
        for entry in marks.get(each, ()):
            if entry.value == value:
                return entry.spell(0)
    item = f"{keys[-1]}={value}"
    for entry in marks.get(keys[:-1], ()):
        if entry.value == item:
            return entry.spell(len(item) - len(value))
    return None


def _walk(tree: object) -> Iterator[tuple[Keys, Keys, str]]:
    """Yield each text of a tree with its keys, and with those without the numbers of items."""
    pending: list[tuple[Keys, Keys, object]] = [((), (), tree)]
    for _ in range(_MOST):
        if not pending:
            return
        keys, plain, value = pending.pop()
        match value:
            case dict():
                for key, inner in value.items():
                    name = _MARK.sub("", str(key))
                    pending.append(((*keys, name), (*plain, name), inner))
            case list():
                pending.extend(((*keys, str(n)), plain, inner) for n, inner in enumerate(value))
            case str():
                yield keys, plain, value
            case _:
                pass


def _read(marked: str, places: list[int]) -> Marked:
    parts: list[str] = []
    words: list[tuple[int, int]] = []
    position = length = 0
    for mark in _MARK.finditer(marked):
        part = marked[position : mark.start()]
        parts.append(part)
        length += len(part)
        words.append((length - len(_NAMESPACE), places[int(mark[1])]))
        position = mark.end()
    return Marked("".join([*parts, marked[position:]]), tuple(words))
