"""Brings rows of the table up to date with the operations of an OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from migrator.rules.openapi import Operation, Spec
from migrator.rules.operations import Operation as RestOperation
from migrator.rules.operations import write_operation
from migrator.rules.rows import METHODS, Rule, list_fields, shape_of, write_rule
from migrator.rules.spell import spell_file
from migrator.values import Status

_HEAD = """\
# Rows that stand over the built-in table of vapid-to-rest. `vapid-to-rest rules update`
# refreshes them and keeps what you add to a row, but for comments.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one field of one row; a value is a text, a list of them, or None."""

    rule: Rule
    field: str
    old: str | Sequence[str] | None
    new: str | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Update:
    """What a document made of a table: all its rows, and every change in order of their ids."""

    rules: tuple[Rule, ...]
    changes: tuple[Change, ...]
    absent: int
    """How many rows the document has nothing of, and were left as they were."""


def update_rules(rules: Iterable[Rule], spec: Spec, *, today: date, complete: bool) -> Update:
    """Return rows with existence, deprecation and parameters as the document has them.

    Where the document is ``complete``, what it lacks does not exist; otherwise it may be
    one of several, and rows that it has nothing of stay as they are.
    """
    refreshed: list[Rule] = []
    changes: list[Change] = []
    absent = 0
    for rule in rules:
        new = rule
        if here := _find_target(rule, spec):
            new = _refresh(rule, here, spec, today)
        elif complete:
            new = _drop(rule, spec, today)
        else:
            absent += 1
        found = list(_compare(rule, new))
        changes += found
        refreshed.append(replace(new, checked=today.isoformat()) if found else rule)
    changes.sort(key=lambda change: change.rule.id)
    return Update(tuple(refreshed), tuple(changes), absent)


def _find_target(rule: Rule, spec: Spec) -> list[Operation]:
    """Return the operations of v1.0 that the route change leads to."""
    found = spec.at(rule.vapid.removeprefix("/vapid"), "v1.0")
    return [each for each in found if rule.method in {None, each.method}]


def _refresh(rule: Rule, here: list[Operation], spec: Spec, today: date) -> Rule:
    """Return a row whose target the document has."""
    status = Status.DIRECT if rule.method else (rule.status if rule.rest else Status.UNVERIFIED)
    new = replace(
        rule,
        rest="/rest/v1.0" + rule.vapid.removeprefix("/vapid"),
        status=status,
        candidates=(),
        # What it says of the old status no longer holds.
        note=rule.note if status == rule.status else None,
        asks_for=rule.asks_for if rule.rest else (),
        parameters=here[0].parameters if len(here) == 1 else rule.parameters,
    )
    if not all(each.is_deprecated for each in here):
        return replace(
            new, deprecated=None, sunset=None, successor=None, successor_basis=None, asks_for=()
        )
    return _deprecate(new, here, spec, today)


def _deprecate(rule: Rule, here: list[Operation], spec: Spec, today: date) -> Rule:
    sunset = min((each.sunset for each in here if each.sunset), default=None)
    stated = min((each.deprecated_at for each in here if each.deprecated_at), default=None)
    since = stated or rule.deprecated or today
    if sunset is not None and sunset < since:
        since = sunset
    note = rule.note
    if stated is None and rule.deprecated is None:
        first = f"deprecated since when is not stated; first seen {today}"
        note = f"{note}; {first}" if note else first
    new = replace(rule, deprecated=since, sunset=sunset, note=note)
    newer = None if rule.successor else _find_newer(rule, spec)
    return replace(new, successor=newer.name, successor_basis="inferred") if newer else new


def _drop(rule: Rule, spec: Spec, today: date) -> Rule:
    """Return a row whose target a complete document does not have."""
    newer = _find_newer(rule, spec)
    candidates: tuple[str, ...]
    if newer is not None:
        status, candidates = Status.NEWER_ONLY, (newer.name,)
    else:
        candidates = tuple(each for each in rule.candidates if shape_of(each) in spec.operations)
        status = Status.MOVED if rule.status is Status.MOVED and candidates else Status.MISSING
    if rule.rest is None and (status, candidates) == (rule.status, rule.candidates):
        return rule
    return replace(
        rule,
        rest=None,
        status=status,
        candidates=candidates,
        asks_for=rule.asks_for if candidates else (),
        deprecated=None,
        sunset=None,
        successor=None,
        successor_basis=None,
        parameters=(),
        header_exempt=False,
        note=rule.note if status is rule.status else f"not at v1.0 in the document of {today}",
    )


def _find_newer(rule: Rule, spec: Spec) -> Operation | None:
    """Return the first version after v1.0 that has the same call and is not deprecated."""
    later = [
        each
        for each in spec.at(rule.vapid.removeprefix("/vapid"))
        if each.method == rule.method and _number(each) > (1, 0) and not each.is_deprecated
    ]
    return min(later, key=_number, default=None)


def _number(operation: Operation) -> tuple[int, ...]:
    return tuple(int(part) for part in operation.version[1:].split("."))


def _compare(old: Rule, new: Rule) -> Iterable[Change]:
    before, after = list_fields(old), list_fields(new)
    for key, value in after.items():
        if before[key] != value:
            yield Change(new, key, before[key] or None, value or None)


def select_own(rules: Iterable[Rule], built_in: Mapping[str, Rule]) -> list[Rule]:
    """Return the rows that say something else than the built-in ones, in the order of a file."""
    own = [
        rule
        for rule in rules
        if rule.id not in built_in or _content(rule) != _content(built_in[rule.id])
    ]
    return sorted(own, key=lambda rule: (rule.vapid, METHODS.index(rule.method)))


def _content(rule: Rule) -> dict[str, Any]:
    return {key: value for key, value in list_fields(rule).items() if key != "checked"}


def spell_own(
    rules: Iterable[Rule], area: str | None, operations: Iterable[RestOperation] = ()
) -> str:
    """Return the text of a file of rows of a user's own."""
    rows = [write_rule(rule) for rule in rules]
    kept = [write_operation(each) for each in operations]
    head: dict[str, str | list[str]] = {"area": area} if area else {}
    return spell_file(_HEAD, head if rows or kept else head | {"rule": []}, rows, kept)
