"""Counts the rows of the table by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from migrator.rules.lifecycle import Lifecycle, lifecycle_of
from migrator.rules.rows import Rule
from migrator.values import Status

STATUSES = tuple(status for status in Status if status is not Status.UNLISTED)


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows there are, of each status, and with a target that stands or ends."""

    rows: int
    by_status: Mapping[Status, int]
    by_lifecycle: Mapping[Lifecycle, int]


@dataclass(frozen=True, slots=True)
class Stats:
    """The numbers of a whole table, and those of each area, in order of its name."""

    total: Count
    areas: Mapping[str, Count]


def count_rules(rules: Iterable[Rule], today: date) -> Stats:
    """Return the numbers of a table on a day; every status and lifecycle has one, if only 0."""
    rules = tuple(rules)
    areas = sorted({rule.area for rule in rules})
    return Stats(
        total=_count(rules, today),
        areas={
            area: _count(tuple(rule for rule in rules if rule.area == area), today)
            for area in areas
        },
    )


def _count(rules: tuple[Rule, ...], today: date) -> Count:
    statuses = Counter(rule.status for rule in rules)
    lifecycles = Counter(lifecycle_of(rule, today) for rule in rules)
    return Count(
        rows=len(rules),
        by_status={status: statuses[status] for status in STATUSES},
        by_lifecycle={each: lifecycles[each] for each in Lifecycle},
    )
