"""Text whose characters each stand somewhere in a file, though not side by side.

The lines of a cell are strings of a JSON document, with escapes in them: what is one run of
characters to Python is scattered over the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)
_SIMPLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Run(NamedTuple):
    """Characters from ``start`` of a passage on, at ``place`` in the file, ``width`` for each.

    The width is 1 for what is spelled as it is, more for an escape, which is a run of its
    own, and 0 for what does not stand in the file.
    """

    start: int
    place: int
    width: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its runs, in the order of the file."""

    text: str = ""
    runs: tuple[Run, ...] = ()

    def cut(self, start: int, end: int | None = None) -> Passage:
        """Return the part from ``start`` to ``end``, which is the end of the text by default."""
        end = len(self.text) if end is None else end
        if start >= end:
            return Passage()
        low, high = self._number(start), self._number(end - 1)
        first = self.runs[low]
        inside = max(start - first.start, 0)
        runs = [Run(0, first.place + inside * first.width, first.width)]
        runs += (Run(run.start - start, *run[1:]) for run in self.runs[low + 1 : high + 1])
        return Passage(self.text[start:end], tuple(runs))

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return where a part of the text stands in the file, in as few spans as there are."""
        found: list[tuple[int, int]] = []
        part = self.cut(start, end)
        ends = [*(run.start for run in part.runs), len(part.text)]
        for run, stop in zip(part.runs, ends[1:], strict=True):
            if run.width == 0:
                continue
            low, high = run.place, run.place + (stop - run.start) * run.width
            if found and found[-1][1] == low:
                low = found.pop()[0]
            found.append((low, high))
        return found

    def place(self, offset: int) -> int:
        """Return where in the file a character stands, or what is put before it would.

        Right behind the text, or where the character does not stand in the file, that is
        the end of the one before.
        """
        if offset < len(self.text):
            run = self.runs[self._number(offset)]
            if run.width or offset == 0:
                return run.place + (offset - run.start) * run.width
        run = self.runs[self._number(offset - 1)]
        return run.place + (offset - run.start) * run.width

    def offset(self, place: int) -> int | None:
        """Return which character of the text stands at a place, None where none does."""
        number = bisect_right(self.runs, place, key=_place_of) - 1
        while number >= 0 and self.runs[number].width == 0:
            number -= 1
        if number < 0:
            return None
        run = self.runs[number]
        last = number + 1 == len(self.runs)
        end = len(self.text) if last else self.runs[number + 1].start
        offset = run.start + (place - run.place) // run.width
        return offset if offset < end else None

    def _number(self, offset: int) -> int:
        return max(bisect_right(self.runs, offset, key=_start_of) - 1, 0)


def _start_of(run: Run) -> int:
    return run.start


def _place_of(run: Run) -> int:
    return run.place


def read_passage(text: str, start: int, end: int) -> Passage:
    """Return what a JSON string says; ``start`` and ``end`` are the file's, without quotes."""
    runs: list[Run] = []
    parts: list[str] = []
    length, position = 0, start
    for match in _ESCAPE.finditer(text, start, end):
        if position < match.start():
            runs.append(Run(length, position, 1))
            parts.append(text[position : match.start()])
            length += match.start() - position
        runs.append(Run(length, match.start(), len(match[0])))
        parts.append(_read_escape(match[0]))
        length += 1
        position = match.end()
    if position < end:
        runs.append(Run(length, position, 1))
        parts.append(text[position:end])
    return Passage("".join(parts), tuple(runs))


def _read_escape(escape: str) -> str:
    if escape[1] != "u":
        return _SIMPLE.get(escape[1], escape[1])
    first = int(escape[2:6], 16)
    if len(escape) == len(r"\uXXXX"):
        return chr(first)
    return chr(0x10000 + ((first - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00)


def make_up(text: str, place: int) -> Passage:
    """Return text that does not stand in the file, for what does at a place."""
    return Passage(text, (Run(0, place, 0),))


def join_passages(passages: Iterable[Passage]) -> Passage:
    """Return the passages as one, in the order of the file."""
    runs: list[Run] = []
    parts: list[str] = []
    length = 0
    for passage in passages:
        runs.extend(Run(run.start + length, run.place, run.width) for run in passage.runs)
        parts.append(passage.text)
        length += len(passage.text)
    return Passage("".join(parts), tuple(runs))
