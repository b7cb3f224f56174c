"""Says what code does with the values that a settings file spells, by their places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrator.alternatives import read_literal
from migrator.callers import list_callers
from migrator.plan import Occurrence
from migrator.program.settings import SettingsFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from migrator.evidence import Evidence
    from migrator.namespace import Spelled
    from migrator.plan import Sent
    from migrator.spans import Placed, Spans
    from migrator.uses import Use
    from migrator.values import Stretch

    Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What code reads of one file: by place, every use, and the endpoints that it calls.

    ``held`` says why a place waits for another, and ``calls`` which lines it gets to.
    """

    occurrences: Mapping[Place, Occurrence] = field(default_factory=dict)
    endpoints: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)
    held: Mapping[Place, str] = field(default_factory=dict)
    calls: Mapping[Place, tuple[Stretch, ...]] = field(default_factory=dict)


def read_uses(
    uses: Iterable[Use],
    evidence: Evidence,
    sent: Sent,
    held: Mapping[tuple[Spelled, ...], str],
    spans: Mapping[Placed, Spans],
) -> dict[str, Reading]:
    """Return the readings of all settings files, by their paths."""
    grouped: dict[tuple[str, Place], dict[tuple[Spelled, ...], list[Use]]] = {}
    for use in uses:
        spelled = use.url.spelled
        if spelled and isinstance(spelled[0].origin.node, SettingsFile):
            key = spelled[0].origin.module.path, _place(spelled)
            grouped.setdefault(key, {}).setdefault(spelled, []).append(use)
    found: dict[str, list[tuple[Place, dict[tuple[Spelled, ...], list[Use]]]]] = {}
    for (path, place), spellings in grouped.items():
        found.setdefault(path, []).append((place, spellings))
    return {path: _read(places, evidence, sent, held, spans) for path, places in found.items()}


def _read(
    places: list[tuple[Place, dict[tuple[Spelled, ...], list[Use]]]],
    evidence: Evidence,
    sent: Sent,
    held: Mapping[tuple[Spelled, ...], str],
    spans: Mapping[Placed, Spans],
) -> Reading:
    merged = {place: _merge(spellings, evidence) for place, spellings in places}
    return Reading(
        merged,
        {place: _name(spellings, evidence, sent) for place, spellings in places},
        {place: held[each] for place, spellings in places for each in spellings if each in held},
        {place: list_callers(each.uses, evidence, spans) for place, each in merged.items()},
    )


def _merge(spellings: Mapping[tuple[Spelled, ...], list[Use]], evidence: Evidence) -> Occurrence:
    """Return one occurrence with the uses of all: an alias, or the end of an item, is read too."""
    spelled = next((each for each in spellings if each in evidence.procore), next(iter(spellings)))
    uses = tuple(use for group in spellings.values() for use in group)
    return Occurrence(spelled, uses, read_literal(spelled))


def _name(
    spellings: Mapping[tuple[Spelled, ...], list[Use]], evidence: Evidence, sent: Sent
) -> tuple[str, ...]:
    """Return the endpoints that are called with what stands at a place."""
    names = {
        name
        for spelled, uses in spellings.items()
        if any(evidence.is_procore(use) for use in uses)
        for name in sent.names(spelled)
    }
    return tuple(sorted(names))


def _place(spelled: tuple[Spelled, ...]) -> Place:
    first, last = spelled[0], spelled[-1]
    start, _ = first.origin.spelling.source(first.start, first.end)
    _, end = last.origin.spelling.source(last.start, last.end)
    return start, end
