"""Says what the table knows of an endpoint that the code calls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from migrator.rules.lifecycle import SEVERITY, describe_lifecycle, lifecycle_of
from migrator.rules.outlook import NONE_KNOWN, look_ahead
from migrator.rules.rows import Rule
from migrator.rules.table import RuleTable
from migrator.values import Endpoint, Place, Status

_SEVERITY = (
    Status.MISSING,
    Status.MOVED,
    Status.NEWER_ONLY,
    Status.UNVERIFIED,
    Status.DIRECT,
)
_ELSEWHERE = frozenset({Status.MISSING, Status.MOVED, Status.NEWER_ONLY})
_SHOWN = 3


def describe_endpoint(
    table: RuleTable, method: str | None, path: str, calls: tuple[Place, ...], today: date
) -> Endpoint:
    """Return an endpoint with its status, its rule and what a person should know.

    ``rest`` is what the change of the namespace gives, whatever the status. Where several
    rows match, the worst of them says the status, and a note that they differ, if they do.
    Notes tell dates relative to ``today``.
    """
    rules = sorted(
        table.match(method, path), key=lambda rule: (_SEVERITY.index(rule.status), rule.id)
    )
    return Endpoint(
        method=method,
        vapid=path,
        rest="/rest/v1.0" + path.removeprefix("/vapid"),
        status=rules[0].status if rules else Status.UNLISTED,
        rule=rules[0].id if rules else None,
        notes=tuple(_describe_rules(rules, today) if rules else _describe_none(table, path)),
        calls=calls,
        outlook=look_ahead(rules) if _is_told_apart(rules) else NONE_KNOWN,
        hints=tuple(_merge(rules, lambda rule: list(rule.hints))),
    )


def warn_of_targets(
    table: RuleTable, method: str | None, path: str, today: date
) -> tuple[str, ...]:
    """Return a sentence for each row whose target is elsewhere, or comes to its end.

    ``POST /vapid/webhooks/hooks → /rest/v1.0/webhooks/hooks, sunset 2026-09-16 (past); …``
    Where more than three rows could be meant, it is one sentence with their number.
    """
    warnings = []
    rules = table.match(method, path)
    called = f"{method} {path}" if method else path
    for rule in rules:
        name = called if len(rules) == 1 else rule.name
        rest = "/rest/v1.0" + name.partition("/vapid")[2]
        # What it says first; how it is known stands at the endpoint.
        reasons = _describe_status(rule)[:1] if rule.status in _ELSEWHERE else []
        reasons += filter(None, [describe_lifecycle(rule, today)])
        warnings += [f"{name} → {rest}, {reason}" for reason in reasons]
    if len(rules) > _SHOWN and warnings:
        count = f"{len(warnings)} of which are elsewhere, missing or come to their end"
        return (f"{called} could be any of {len(rules)} endpoints, {count}",)
    return tuple(warnings)


def pick_gravest(warnings: Sequence[str]) -> str | None:
    """Return the most serious of the sentences above, None where there is none.

    A target out of service comes before one that is elsewhere, then those that end on a
    day, then those that are deprecated; of equals, the first counts.
    """
    return min(warnings, key=_weigh, default=None)


def _weigh(warning: str) -> int:
    reason = warning.partition(" → ")[2].partition(", ")[2]
    if reason.startswith("sunset "):
        return 0 if re.match(r"\S+ \S+ \((?:past|today)\)", reason) else 2
    return 3 if reason.startswith("deprecated ") else 1


def _describe_none(table: RuleTable, path: str) -> list[str]:
    notes = ["not in the table: default rule"]
    if others := table.match(None, path):
        methods = sorted({rule.method for rule in others if rule.method})
        notes.append(f"the table knows the path with {', '.join(methods)} only")
    return notes


def _describe_rules(rules: list[Rule], today: date) -> list[str]:
    """Return the notes of rows that match, the worst first."""
    notes = []
    if not _is_one_path(rules):
        notes.append(f"could be any of {_shorten([rule.id for rule in rules])}")
        counts = Counter(rule.status for rule in rules)
        if len(counts) > 1:
            notes.append(f"these differ: {', '.join(f'{n} {each}' for each, n in counts.items())}")
    elif len({rule.status for rule in rules}) > 1:
        each = ", ".join(f"{rule.method or 'other'} {rule.status}" for rule in rules)
        notes.append(f"method not known, and it matters: {each}")
    return notes + _merge(rules, partial(_describe_rule, today=today))


def _merge(rules: Sequence[Rule], describe: Callable[[Rule], list[str]]) -> list[str]:
    """Return what is to be said of all rows, then of each with its name in front."""
    described = [(rule, describe(rule)) for rule in rules]
    if not described:
        return []
    shared = [note for note in described[0][1] if all(note in other for _, other in described)]
    if not _is_told_apart(rules):
        return shared
    by_method = _is_one_path(rules)
    return shared + [
        f"{(rule.method or 'other') if by_method else rule.id}: {note}"
        for rule, own in described
        for note in own
        if note not in shared
    ]


def _is_one_path(rules: Sequence[Rule]) -> bool:
    # The rows of one path may name its placeholders differently.
    return len({re.sub(r"\{[^}]*\}", "{}", rule.vapid) for rule in rules}) == 1


def _is_told_apart(rules: Sequence[Rule]) -> bool:
    """Tell whether a call may mean so few rows that something is to be said of each."""
    return len(rules) <= _SHOWN or _is_one_path(rules)


def _shorten(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _describe_rule(rule: Rule, today: date) -> list[str]:
    notes = _describe_status(rule)
    if lifecycle := describe_lifecycle(rule, today):
        severity = SEVERITY.get(lifecycle_of(rule, today), "")
        notes.append(f"{severity}target {lifecycle}")
    return notes


def _describe_status(rule: Rule) -> list[str]:
    notes: list[str] = []
    calls = " or ".join(rule.candidates)
    match rule.status:
        case Status.MOVED:
            notes += filter(None, [f"moved: {calls}", rule.note])
        case Status.NEWER_ONLY:
            notes += filter(None, [f"only at {_version(rule.candidates[0])}: {calls}", rule.note])
        case Status.MISSING:
            notes.append(_join("nothing found at v1.0", rule.note))
        case Status.UNVERIFIED:
            notes.append(_join("not verified", rule.note))
        case _:
            pass
    return notes


def _version(call: str) -> str:
    """Return ``v1.1`` of ``GET /rest/v1.1/projects``."""
    return call.split("/")[2]


def _join(text: str, note: str | None) -> str:
    return f"{text}: {note}" if note else text
