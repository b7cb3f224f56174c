"""Cuts the piece of a source line that is shown with a finding, and says where to point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from migrator.render.clean import mask_slice, visible
from migrator.render.secret import find_secrets
from migrator.values import Finding

ELLIPSIS = "…"
_TAB = "    "


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A source line in three parts, harmless to print; ``segment`` is what to point at."""

    before: str
    segment: str
    after: str

    @property
    def line(self) -> str:
        """The parts in one."""
        return f"{self.before}{self.segment}{self.after}"


def cut_excerpt(finding: Finding, *, width: int, measure: Callable[[str], int] = len) -> Excerpt:
    """Return the finding's source line, cut to ``width`` around the segment if it is longer.

    ``measure`` gives the width of a text: characters, or the cells that a terminal needs.
    """
    line = finding.source_line
    start = min(max(finding.column - 1, 0), len(line))
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    start, end = finding.marked or (start, min(max(end, start), len(line)))
    # A line may be a whole minified file: only what can come into view is looked at.
    low, high = max(0, start - 4 * width), min(len(line), end + 4 * width)
    secrets = _find_secrets(line)
    before, segment, after = (
        visible(mask_slice(line, secrets, first, last)).replace("\t", _TAB)
        for first, last in ((low, start), (start, end), (end, high))
    )
    if low > 0:
        before = f"{ELLIPSIS}{before}"
    if high < len(line):
        after = f"{after}{ELLIPSIS}"
    return _fit(Excerpt(before, segment, after), width, measure)


@lru_cache(maxsize=4)
def _find_secrets(line: str) -> list[tuple[int, int]]:
    # The findings of one line follow each other.
    return find_secrets(line)


def _fit(excerpt: Excerpt, width: int, measure: Callable[[str], int]) -> Excerpt:
    segment = shorten(excerpt.segment, width, measure)
    room = width - measure(segment)
    before, after = excerpt.before, excerpt.after
    if len(before) + len(after) <= room and measure(before) + measure(after) <= room:
        return Excerpt(before, segment, after)
    half = room // 2
    left = half if measure(after[:width]) > half else room - measure(after[:width])
    before = shorten(before[::-1], left, measure)[::-1]
    return Excerpt(before, segment, shorten(after, room - measure(before), measure))


def shorten(text: str, width: int, measure: Callable[[str], int] = len) -> str:
    """Return the text, or its beginning and an ellipsis where it is wider than ``width``."""
    if len(text) <= width and measure(text) <= width:
        return text
    if width < 1:
        return ""
    kept = text[: width - 1]
    while measure(kept) > width - 1:
        kept = kept[:-1]
    return f"{kept}{ELLIPSIS}"
