"""Holds back edits of what must move together with something that is left as it is.

A filter of which one half looks for the new route and the other for the old one, or a pattern
that no longer fits the URL it guards, does something else than before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from migrator.alternatives import hold
from migrator.evidence import is_foreign_host
from migrator.plan import Decision, is_pattern, is_slashed, subjects_of
from migrator.program.module import Module
from migrator.program.settings import SettingsFile
from migrator.sinks.read import Purpose
from migrator.values import Safety

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from migrator.evidence import Evidence
    from migrator.namespace import Spelled
    from migrator.plan import Occurrence

    Decided = tuple[Occurrence, Decision | None]
    Spelling = tuple[Spelled, ...]

_UNSENT = "VAP002"
_APART = "VAP003"


def hold_together(decided: Sequence[Decided], evidence: Evidence) -> list[Decided]:
    """Return decisions of which none to edit parts what belongs together."""
    return _hold_patterns(_hold_statements(decided, evidence))


def _hold_statements(decided: Sequence[Decided], evidence: Evidence) -> list[Decided]:
    """Hold back what one statement hands on, or asks for, beside what is not edited.

    Nothing sends it, so only what stands beside it can tell what it is for: it is a chain of
    calls, a query, a list or a table of which one half would be edited.
    """
    left: dict[object, set[Spelling]] = defaultdict(set)
    for occurrence, decision in decided:
        if not _is_safe(decision) and _may_belong(occurrence, evidence):
            left[_statement(occurrence)].add(occurrence.spelled)
    halved = {_statement(each) for each, decision in decided if _may_wait(each, decision)}
    halved &= left.keys()
    if not halved:
        return list(decided)
    return [
        (each, _held(each, decision, left[statement]) if statement in halved else decision)
        for each, decision in decided
        for statement in [_statement(each)]
    ]


def _held(
    occurrence: Occurrence, decision: Decision | None, left: set[Spelling]
) -> Decision | None:
    """Return the decision on a part of a statement of which ``left`` is left as it is."""
    if decision is None and occurrence.spelled in left:
        return Decision(_UNSENT, "stands beside a URL of Procore's", Safety.MANUAL)
    if decision is not None and _may_wait(occurrence, decision):
        reason = "stands beside another that is left as it is"
        return replace(decision, message=reason, safety=Safety.MANUAL)
    return decision


def _may_wait(occurrence: Occurrence, decision: Decision | None) -> bool:
    """Tell an edit of what is not sent, and not looked for in a URL that is known."""
    if decision is None or not _is_safe(decision):
        return False
    return decision.code == _UNSENT or (
        decision.code == _APART and not any(True for _ in subjects_of(occurrence))
    )


def _statement(occurrence: Occurrence) -> object:
    """Return what is equal for literals of one statement, and for nothing else."""
    origin = occurrence.spelled[0].origin
    if not isinstance(origin.module, Module) or isinstance(origin.node, SettingsFile):
        return occurrence
    return origin.module, origin.module.literals[origin.node]


def _may_belong(occurrence: Occurrence, evidence: Evidence) -> bool:
    """Tell a path that may be Procore's from what is surely of something else, or only shown."""
    literal = occurrence.literal
    if any(evidence.is_other(use) or use.replaced for use in occurrence.uses):
        return False
    if occurrence.uses and all(use.purpose is Purpose.TEXT for use in occurrence.uses):
        return False
    if literal is not None and (
        is_foreign_host(literal.host, evidence.hosts) or evidence.is_web_push(literal)
    ):
        return False
    return is_slashed(occurrence)


def _hold_patterns(decided: Sequence[Decided]) -> list[Decided]:
    """Hold back patterns whose URLs stay as they are, and URLs whose patterns do."""
    safe = {each.spelled for each, decision in decided if _is_safe(decision)}
    held: dict[Spelling, str] = {}
    while True:
        more = {spelled: reason for spelled, reason in _unlike(decided, safe) if spelled in safe}
        if not more:
            break
        held |= more
        safe -= more.keys()
    return [(each, hold(decision, held.get(each.spelled))) for each, decision in decided]


def _unlike(decided: Iterable[Decided], safe: set[Spelling]) -> Iterator[tuple[Spelling, str]]:
    """Yield what is edited of patterns and the URLs that they are looked for in, each alone."""
    known = {occurrence.spelled for occurrence, _ in decided}
    for occurrence, _ in decided:
        if not is_pattern(occurrence):
            continue
        subjects = known.intersection(subjects_of(occurrence))
        if occurrence.spelled not in safe:
            yield from ((each, "a pattern that is left as it is looks for it") for each in subjects)
        elif not subjects <= safe:
            yield occurrence.spelled, "looked for in a URL that is left as it is"


def _is_safe(decision: Decision | None) -> bool:
    return decision is not None and decision.safety is Safety.SAFE
