"""Decides what happens to each place of a text file that spells the namespace."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from migrator.plan import Decision, decide
from migrator.sinks.read import Purpose
from migrator.texts.doubt import find_doubt
from migrator.texts.kinds import has_routes
from migrator.texts.postman import find_arrays
from migrator.textscan import edit_text, find_mentions
from migrator.values import Fix, Safety

if TYPE_CHECKING:
    from migrator.evidence import Evidence
    from migrator.texts.reading import Reading
    from migrator.textscan import Mention
    from migrator.values import Edit, SourceFile

    Place = tuple[int, int]

CODE = "VAP008"
BY_TEXT = "found by text"


def judge_text(source: SourceFile, evidence: Evidence, reading: Reading) -> dict[Place, Decision]:
    """Return what is to be done at each place of a file, by its text and by what code reads."""
    found = find_mentions(source.text, evidence.table, evidence.hosts)
    mentions = {(each.start, each.end): each for each in found if not each.is_page}
    routes = has_routes(source)
    judged: dict[Place, Decision] = {}
    for place in sorted({*mentions, *reading.occurrences}):
        spelled = _judge_spelling(source, mentions.get(place), evidence, routes=routes)
        decision = _judge_uses(place, spelled, evidence, reading)
        if decision is not None:
            judged[place] = decision
    return judged


def _judge_spelling(
    source: SourceFile, mention: Mention | None, evidence: Evidence, *, routes: bool
) -> Decision | None:
    """Decide by the text alone; None where it says nothing."""
    if mention is None:
        return None
    doubt = find_doubt(source.text, mention, evidence.hosts, routes=routes)
    return _decide(BY_TEXT, Safety.SAFE) if doubt is None else _decide(doubt, Safety.MANUAL)


def _judge_uses(
    place: Place, spelled: Decision | None, evidence: Evidence, reading: Reading
) -> Decision | None:
    """Decide by what code does with the value, and where it says nothing, by the text."""
    occurrence = reading.occurrences.get(place)
    if occurrence is None:
        return spelled
    decision = decide(occurrence, evidence)
    if decision is None:
        if spelled is not None and any(evidence.is_other(use) for use in occurrence.uses):
            return _decide("code also uses it for something else", Safety.MANUAL)
        return spelled
    if decision.safety is not Safety.SAFE:
        return _decide(decision.message, Safety.MANUAL)
    if place in reading.held:
        return _decide(reading.held[place], Safety.MANUAL)
    if any(use.purpose is Purpose.PATTERN for use in occurrence.uses):
        return _decide("is part of a regular expression", Safety.MANUAL)
    if len(occurrence.spelled) > 1:
        return _decide("is spelled in several places", Safety.MANUAL)
    return _decide(decision.message or BY_TEXT, Safety.SAFE)


def _decide(message: str, safety: Safety) -> Decision:
    return Decision(CODE, message, safety)


def plan_edits(
    source: SourceFile, evidence: Evidence, judged: dict[Place, Decision]
) -> dict[Place, tuple[Edit, ...]]:
    """Return the edits of what is safe; an array of Postman's moves with the URL beside it.

    One with nothing beside it that spells its URL is a place of its own.
    """
    edits: dict[Place, tuple[Edit, ...]] = {
        place: (edit_text(source.path, source.text, place, Fix.NAMESPACE),)
        for place, decision in judged.items()
        if decision.safety is Safety.SAFE
    }
    if not source.path.lower().endswith(".json"):
        return edits
    places = sorted(judged)
    for array in find_arrays(source.text):
        if not any(_is_procore(url, evidence) for url in array.urls):
            continue
        number = bisect_left(places, (array.start, 0))
        beside = places[number] if number < len(places) and places[number][0] < array.stop else None
        place = beside or array.place
        if beside is None or judged[beside].safety is Safety.SAFE:
            edit = edit_text(source.path, source.text, array.place, Fix.NAMESPACE)
            edits[place] = (*edits.get(place, ()), replace(edit, new=array.rest))
    return edits


def _is_procore(url: str, evidence: Evidence) -> bool:
    found = find_mentions(url, evidence.table, evidence.hosts)
    return any(
        not mention.is_page and find_doubt(url, mention, evidence.hosts) is None
        for mention in found
    )
