"""Leaves the bodies of functions out of a text, to be parsed when somebody asks for them.

LibCST takes fifty times as long over a function as to leave it out, and of most functions of
a program nobody ever asks what is in them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import libcst as cst

    from migrator.program.units import Body

HEADER = "def _():\n"
"""What a body is parsed behind."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A body that is not in the tree of its module: its text, and the offset that it has there."""

    body: Body
    text: str
    offset: int


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A tree of one part of a module, and the text that it was parsed from.

    ``shifts`` are offsets in that text, in order, each with the offset in the module of what
    stands there.
    """

    tree: cst.Module
    text: str
    shifts: tuple[tuple[int, int], ...] = ((0, 0),)

    def place(self, offset: int) -> int:
        """Return the offset in the module of a place in the text."""
        at = bisect_right(self.shifts, offset, key=lambda each: each[0]) - 1
        start, there = self.shifts[max(at, 0)]
        return there + offset - start


def leave_out(
    text: str, bodies: Mapping[int, Body], is_wanted: Callable[[str], bool]
) -> tuple[str, tuple[tuple[int, int], ...], dict[int, LeftOut]]:
    """Return a text with ``...`` for the bodies that are not wanted, and what those are.

    Between the two stands what ``Piece`` calls shifts. Each body keeps its number.
    """
    lines = _LINE.findall(text)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    parts: list[str] = []
    length = end = 0
    shifts = [(0, 0)]
    left: dict[int, LeftOut] = {}
    for number, body in sorted(bodies.items()):
        low, high = offsets[body.first - 1], offsets[body.last]
        content = text[low:high]
        if is_wanted(content):
            continue
        left[number] = LeftOut(body, content, low)
        first = lines[body.first - 1]
        stub = f"{first[: len(first) - len(first.lstrip())]}...\n"
        parts += (text[end:low], stub)
        length += low - end + len(stub)
        end = high
        shifts.append((length, high))
    return "".join([*parts, text[end:]]), tuple(shifts), left
