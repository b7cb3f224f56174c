"""Holds back literals and settings that stand for one another while one of them must stay.

A default in ``os.getenv("X", "/vapid")`` and ``X`` in ``.env`` are sent by the same call: to
move one of the two would leave the program half moved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from migrator.evaluate.domain import Str, Text
from migrator.namespace import find_namespace
from migrator.plan import Occurrence, decide
from migrator.program.settings import SettingsFile
from migrator.sinks.read import Purpose
from migrator.values import Safety

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from migrator.evidence import Evidence
    from migrator.namespace import NamespacedUrl, Spelled
    from migrator.plan import Decision
    from migrator.uses import Use

Spelling = tuple["Spelled", ...]

_APART = frozenset({Purpose.APART, Purpose.PATTERN})


def find_held(
    uses: Iterable[Use], evidence: Evidence, unmoved: Collection[str]
) -> dict[Spelling, str]:
    """Return the spellings that must wait for a person, each with the reason.

    ``unmoved`` are the settings files that are read and not to be edited: what code looks
    for in their values stays as they are.
    """
    uses = [use for use in uses if use.url.spelled]
    links = _link(uses)
    held = _hold_lookups(uses, unmoved)
    grouped: dict[Spelling, list[Use]] = {}
    for use in uses:
        if use.url.spelled in links:
            grouped.setdefault(use.url.spelled, []).append(use)
    pending = [spelled for spelled in grouped if _is_left(spelled, grouped[spelled], evidence)]
    left = {*pending, *held}
    while pending:
        spelled = pending.pop()
        for other in links[spelled] - left:
            left.add(other)
            held[other] = f"stands for what is spelled in {_path(spelled)}, which is left as it is"
            pending.append(other)
    return held


def find_moving(
    uses: Iterable[Use],
    evidence: Evidence,
    held: Collection[Spelling],
    unmoved: Collection[str],
) -> list[Spelling]:
    """Return the spellings in settings files that are to be edited."""
    grouped: dict[Spelling, list[Use]] = {}
    for use in uses:
        spelled = use.url.spelled
        if spelled and _is_setting(spelled) and _path(spelled) not in unmoved:
            grouped.setdefault(spelled, []).append(use)
    moving: list[Spelling] = []
    for spelled, group in grouped.items():
        decision = decide(Occurrence(spelled, tuple(group), read_literal(spelled)), evidence)
        if decision is not None and decision.safety is Safety.SAFE and spelled not in held:
            moving.append(spelled)
    return moving


def hold(decision: Decision | None, reason: str | None) -> Decision | None:
    """Return a decision to edit as one for a person, where there is a reason to wait."""
    if decision is None or reason is None or decision.safety is not Safety.SAFE:
        return decision
    code = "VAP006" if decision.code in {"VAP001", "VAP002"} else decision.code
    return replace(decision, code=code, message=reason, safety=Safety.MANUAL)


def read_literal(spelled: Spelling) -> NamespacedUrl | None:
    """Return how the one literal or setting that spells the namespace reads by itself."""
    origin = spelled[0].origin
    if len(spelled) > 1:
        return None
    urls = find_namespace(Str((Text(origin.spelling.value, origin),)))
    return next((url for url in urls if url.spelled == spelled), None)


def _link(uses: Iterable[Use]) -> dict[Spelling, set[Spelling]]:
    """Return which settings and literals one call takes for the same part of the same URL."""
    calls: dict[object, tuple[set[Spelling], set[Spelling]]] = {}
    for use in uses:
        path = tuple(segment.text for segment in use.url.path)
        settings, literals = calls.setdefault((use.node, use.purpose, path), (set(), set()))
        (settings if _is_setting(use.url.spelled) else literals).add(use.url.spelled)
    links: dict[Spelling, set[Spelling]] = {}
    for settings, literals in calls.values():
        for setting in settings if literals else ():
            links.setdefault(setting, set()).update(literals)
        for literal in literals if settings else ():
            links.setdefault(literal, set()).update(settings)
    return links


def _is_setting(spelled: Spelling) -> bool:
    return any(isinstance(part.origin.node, SettingsFile) for part in spelled)


def _is_left(spelled: Spelling, uses: list[Use], evidence: Evidence) -> bool:
    decision = decide(Occurrence(spelled, tuple(uses), read_literal(spelled)), evidence)
    return decision is not None and decision.safety is Safety.MANUAL


def _hold_lookups(uses: Iterable[Use], unmoved: Collection[str]) -> dict[Spelling, str]:
    """Return what is looked for in the values of settings that are not edited."""
    held: dict[Spelling, str] = {}
    for use in uses if unmoved else ():
        if use.purpose in _APART and isinstance(use.subject, Str):
            for url in find_namespace(use.subject):
                paths = {part.origin.module.path for part in url.spelled} & {*unmoved}
                if paths and url.spelled != use.url.spelled:
                    held[use.url.spelled] = f"looked for in a value of {min(paths)}, which stays"
    return held


def _path(spelled: Spelling) -> str:
    return spelled[0].origin.module.path
