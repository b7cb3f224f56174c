"""Counts for the charts of the report: what there is most of, and the work that is left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrator.render.totals import Totals, say_count
from migrator.values import Endpoint, Status

_MOST = 10
_AREA = re.compile(r"/vapid/(?:(?:companies|projects)/\{[^}]*\}/)?([\w-]+)")
_MINUTES = {"safe": 1, "unsafe": 5, "manual": 20}
_ELSEWHERE_MINUTES = 60
_HOUR = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: ``share`` is its length in per cent of the longest, 0 for no bar."""

    label: str
    number: int
    share: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long the rest may take a person, as ``3 hours``, and by what rule that is reckoned."""

    about: str
    rule: str


def draw_bars(counts: Mapping[str, int], kinds: Mapping[str, str] | None = None) -> list[Bar]:
    """Return the ten largest, from the largest to the smallest, and the number of the rest."""
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    shown, rest = rows[:_MOST], rows[_MOST:]
    longest = max((number for _, number in shown), default=0) or 1
    bars = [
        Bar(label, number, round(100 * number / longest, 2), (kinds or {}).get(label, ""))
        for label, number in shown
    ]
    if rest:
        # Without a bar: all others together would be the longest of them.
        bars.append(Bar(f"{len(rest)} others", sum(number for _, number in rest), 0))
    return bars


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


def estimate(totals: Totals, endpoints: Sequence[Endpoint]) -> Estimate:
    """Say how long the rest may take a person, and by what rule that is reckoned."""
    elsewhere = sum(
        endpoint.status in {Status.MOVED, Status.NEWER_ONLY, Status.MISSING}
        for endpoint in endpoints
    )
    minutes = elsewhere * _ELSEWHERE_MINUTES + sum(
        getattr(totals, safety) * each for safety, each in _MINUTES.items()
    )
    hours = max(1, round(minutes / _HOUR))
    return Estimate(
        about=say_count(minutes, "minute") if minutes < 2 * _HOUR else say_count(hours, "hour"),
        rule="a minute to look at each safe change, 5 for an unsafe one, 20 for one to decide, "
        "and an hour for each endpoint that is elsewhere or missing. It is a rule of thumb and "
        "not a measurement.",
    )
