"""Aligns the lines of large files in a time that grows with their length, as difflib's does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Opcode = tuple[str, int, int, int, int]
"""As of difflib: ``(tag, low, high, new_low, new_high)``."""

_SURE = 3
"""How many lines in a row must agree where the two texts meet again."""
_WINDOW = 40
"""How many lines may be added, or taken away, in one place."""


def align_lines(before: Sequence[str], after: Sequence[str]) -> list[Opcode]:
    """Return what turns one list of lines into the other: correct, if not always the least.

    Texts of as many lines are compared line by line, since few edits add any.
    """
    return [*_pair(before, after)] if len(before) == len(after) else [*_follow(before, after)]


def _pair(before: Sequence[str], after: Sequence[str]) -> Iterator[Opcode]:
    position = 0
    while position < len(before):
        same = before[position] == after[position]
        end = position + 1
        while end < len(before) and (before[end] == after[end]) == same:
            end += 1
        yield "equal" if same else "replace", position, end, position, end
        position = end


def _follow(before: Sequence[str], after: Sequence[str]) -> Iterator[Opcode]:
    old = new = 0
    while old < len(before) or new < len(after):
        gone = come = _same_run(before, after, old, new)
        tag = "equal"
        if not gone:
            gone, come = _meet(before, after, old, new)
            tag = "insert" if gone == 0 else "delete" if come == 0 else "replace"
        yield tag, old, old + gone, new, new + come
        old, new = old + gone, new + come


def _same_run(before: Sequence[str], after: Sequence[str], old: int, new: int) -> int:
    length = 0
    limit = min(len(before) - old, len(after) - new)
    while length < limit and before[old + length] == after[new + length]:
        length += 1
    return length


def _meet(before: Sequence[str], after: Sequence[str], old: int, new: int) -> tuple[int, int]:
    """Return how many lines of each go by until the two agree again: all that is left, if never."""
    for total in range(1, 2 * _WINDOW + 1):
        for gone in range(max(0, total - _WINDOW), min(total, _WINDOW) + 1):
            low, new_low = old + gone, new + total - gone
            ahead = before[low : low + _SURE]
            if ahead and ahead == after[new_low : new_low + _SURE]:
                return gone, total - gone
    return len(before) - old, len(after) - new
