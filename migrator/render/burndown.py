"""Draws how the number of findings has come down, scan by scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from migrator.values import Progress

WIDTH, HEIGHT = 640, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 604, 28, 196
_DAYS_APART = 90
"""How far two days must be from each other, so that neither is written over the other."""

_Point = tuple[date | None, int]


@dataclass(frozen=True, slots=True)
class Dot:
    """A scan: where it stands in the picture, how much was found, and the day if it is written."""

    x: float
    y: float
    number: int
    day: str


@dataclass(frozen=True, slots=True)
class Burndown:
    """A picture of ``WIDTH`` by ``HEIGHT``; ``words`` say the same."""

    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, int], ...]
    """Heights at which a line is drawn, and the numbers that they stand for."""
    words: str

    @property
    def line(self) -> str:
        """Return the points of the line from the first scan to now."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)

    @property
    def area(self) -> str:
        """Return the points of what is below the line."""
        return f"{self.dots[0].x},{_BOTTOM} {self.line} {self.dots[-1].x},{_BOTTOM}"


def draw_burndown(progress: Progress | None) -> Burndown | None:
    """Return the numbers of findings over time; None where there are fewer than two."""
    points = progress.points if progress is not None else ()
    if len(points) < 2:
        return None
    top = _round_up(max(number for _, number in points))
    places = _spread(points)
    written = _choose_days(places)
    dots = tuple(
        Dot(x, _height(number, top), number, _say_day(day) if index in written else "")
        for index, (x, (day, number)) in enumerate(zip(places, points, strict=True))
    )
    ticks = tuple((_height(number, top), number) for number in sorted({0, top // 2, top}))
    return Burndown(dots, ticks, ", ".join(_say_point(number, day) for day, number in points))


def _round_up(number: int) -> int:
    """Return an even number of one or two digits and zeros that is as large, for a scale."""
    step = 2 * int("1" + "0" * max(len(str(number)) - 2, 0))
    return max(-(-number // step) * step, 2)


def _height(number: int, top: int) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * number / top, 1)


def _spread(points: Sequence[_Point]) -> list[float]:
    """Return where the scans stand: by their days, or one after another where one has none."""
    days = [day.toordinal() for day, _ in points if day is not None]
    if len(days) < len(points) or days[0] == days[-1] or days != sorted(days):
        days = [*range(len(points))]
    length = days[-1] - days[0]
    return [round(_LEFT + (_RIGHT - _LEFT) * (day - days[0]) / length, 1) for day in days]


def _choose_days(places: Sequence[float]) -> set[int]:
    """Return which days are written: the first, the last, and those with room between them."""
    chosen = [0]
    for index, x in enumerate(places):
        if x - places[chosen[-1]] >= _DAYS_APART and places[-1] - x >= _DAYS_APART:
            chosen.append(index)
    return {*chosen, len(places) - 1}


def _say_day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _say_point(number: int, day: date | None) -> str:
    return f"{number} on {day.isoformat()}" if day is not None else str(number)
