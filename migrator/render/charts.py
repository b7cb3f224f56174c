"""Counts for the charts of the report: what there is most of, and the work that is left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from migrator.render.totals import Totals, say_count
from migrator.values import Endpoint, Progress, Status

_MOST = 10
_WIDTH, _HEIGHT = 600, 120
_AREA = re.compile(r"/vapid/(?:(?:companies|projects)/\{[^}]*\}/)?([\w-]+)")
_MINUTES = {"safe": 1, "unsafe": 5, "manual": 20}
_ELSEWHERE_MINUTES = 60
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: ``share`` is its length in per cent of the longest."""

    label: str
    number: int
    share: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Numbers over time, as points of a picture that is 600 wide and 120 high."""

    points: str
    words: str


def draw_bars(counts: Mapping[str, int], kinds: Mapping[str, str] | None = None) -> list[Bar]:
    """Return the ten largest, from the largest to the smallest, and the rest in one."""
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    shown, rest = rows[:_MOST], rows[_MOST:]
    if rest:
        shown.append((f"{len(rest)} others", sum(number for _, number in rest)))
    longest = max((number for _, number in shown), default=1)
    return [
        Bar(label, number, round(100 * number / longest, 2), (kinds or {}).get(label, ""))
        for label, number in shown
    ]


def count_statuses(endpoints: Iterable[Endpoint]) -> list[Bar]:
    """Return the endpoints by status; the kind is the status."""
    counts = Counter(endpoint.status.value for endpoint in endpoints)
    return draw_bars(counts, {status.value: status.value for status in Status})


def count_areas(endpoints: Iterable[Endpoint]) -> list[Bar]:
    """Return the call sites by the resource that they are about."""
    counts: Counter[str] = Counter()
    for endpoint in endpoints:
        found = _AREA.match(endpoint.vapid)
        counts[found[1].replace("_", " ") if found else "other"] += len(endpoint.calls)
    return draw_bars(counts)


def draw_progress(progress: Progress | None) -> Line | None:
    """Return the numbers of findings over time; None where there are fewer than two."""
    points = progress.points if progress is not None else ()
    if len(points) < 2:
        return None
    most = max(number for _, number in points) or 1
    step = _WIDTH / (len(points) - 1)
    drawn = " ".join(
        f"{index * step:.1f},{_HEIGHT - _HEIGHT * number / most:.1f}"
        for index, (_, number) in enumerate(points)
    )
    return Line(drawn, ", ".join(_say_point(number, day) for day, number in points))


def _say_point(number: int, day: date | None) -> str:
    return f"{number} on {day.isoformat()}" if day is not None else str(number)


def estimate(totals: Totals, endpoints: Sequence[Endpoint]) -> str:
    """Say how long the rest may take a person, and by what rule that is reckoned."""
    elsewhere = sum(
        endpoint.status in {Status.MOVED, Status.NEWER_ONLY, Status.MISSING}
        for endpoint in endpoints
    )
    minutes = elsewhere * _ELSEWHERE_MINUTES + sum(
        getattr(totals, safety) * each for safety, each in _MINUTES.items()
    )
    hours = max(1, round(minutes / _HOUR))
    about = say_count(minutes, "minute") if minutes < 2 * _HOUR else say_count(hours, "hour")
    return (
        f"About {about} of work: a minute to look at each safe change, 5 for an unsafe one, 20 "
        "for one to decide, and an hour for each endpoint that is elsewhere or missing. It is a "
        "rule of thumb and not a measurement."
    )


def find_sunset(notes: Iterable[str]) -> str:
    """Return the day on which the target of an endpoint goes out of service, if notes tell."""
    for note in notes:
        if (found := re.search(r"\bsunset (\d{4}-\d\d-\d\d)", note)) is not None:
            return found[1]
    return ""


def split_code(text: str, lexer: Any) -> list[tuple[str, str]]:
    """Return a line as runs of one colour each: the name of the colour, and the text."""
    runs: list[tuple[str, str]] = []
    for kind, run in lexer.get_tokens(text):
        color = _color_of(str(kind))
        if runs and runs[-1][0] == color:
            runs[-1] = (color, runs[-1][1] + run)
        else:
            runs.append((color, run))
    return runs


def _color_of(kind: str) -> str:
    for part, color in (
        ("Comment", "c"),
        ("String", "s"),
        ("Keyword", "k"),
        ("Number", "n"),
        ("Name.Function", "f"),
        ("Name.Class", "f"),
        ("Name.Tag", "k"),
    ):
        if part in kind:
            return color
    return ""
