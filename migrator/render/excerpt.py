"""Cuts the piece of a source line that is shown with a finding, and says where to point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from migrator.render.clean import clean, mask_slice, visible
from migrator.render.secret import find_secrets
from migrator.values import Finding

ELLIPSIS = "…"
_TAB = "    "
_BLOCK = 100_000
_FAR = 20_000
"""Characters that are looked at for secrets beyond those that are shown: no secret is longer."""


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
    # A line may be a whole minified file: only what can come into view is looked at, and
    # in blocks, since its findings follow each other.
    low, high = max(0, start - 4 * width), min(len(line), end + 4 * width)
    first_block, last_block = low // _BLOCK * _BLOCK, -(-high // _BLOCK) * _BLOCK
    left, right = max(0, first_block - _FAR), last_block + _FAR
    above = finding.above if left == 0 else ""
    looked = f"{above}{line[left:right]}"
    secrets, shift = _find_secrets(looked), len(above) - left
    before, segment, after = (
        visible(mask_slice(looked, secrets, first + shift, last + shift)).replace("\t", _TAB)
        for first, last in ((low, start), (start, end), (end, high))
    )
    if low > 0:
        before = f"{ELLIPSIS}{before}"
    if high < len(line):
        after = f"{after}{ELLIPSIS}"
    return _fit(Excerpt(before, segment, after), width, measure)


@lru_cache(maxsize=4)
def _find_secrets(text: str) -> list[tuple[int, int]]:
    return find_secrets(text)


def clean_start(text: str, width: int) -> str:
    """Return the text, harmless, or its beginning and an ellipsis where it is longer.

    Of a text of megabytes no more is looked at than it takes, and nothing is shown of what
    stands so near the end of that, that it may be half of a secret.
    """
    end = 4 * width
    if len(text) <= end + _FAR:
        return shorten(clean(text), width)
    looked = text[: end + _FAR]
    shown = visible(mask_slice(looked, find_secrets(looked), 0, end))
    return shorten(f"{shown}{ELLIPSIS}", width)


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
