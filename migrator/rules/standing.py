"""Says how the operation of a Rest call stands, in the words that a vapid call is told in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from migrator.rules.lifecycle import SEVERITY, Lifecycle, describe_lifecycle, lifecycle_of
from migrator.rules.match import describe_endpoint
from migrator.rules.operations import Operation
from migrator.rules.outlook import NONE_KNOWN, look_ahead
from migrator.rules.rest import RestTable, to_vapid
from migrator.values import Place, RestCall, RestStatus, Status

_VERSION = re.compile(r"(?<=^/rest/)[^/]+")
_BY_LIFECYCLE = {
    Lifecycle.PAST: RestStatus.SUNSET,
    Lifecycle.AHEAD: RestStatus.DEPRECATED,
    Lifecycle.DEPRECATED: RestStatus.DEPRECATED,
}
_WORST_FIRST = (
    RestStatus.SUNSET,
    RestStatus.DEPRECATED,
    RestStatus.UNKNOWN,
    RestStatus.CURRENT,
)
_SHOWN = 3


def describe_rest(
    table: RestTable, method: str | None, path: str, calls: tuple[Place, ...], today: date
) -> RestCall:
    """Return a Rest call with how its operation stands on a day, and why.

    Where several operations match, the worst of them says the status.
    """
    found = sorted(
        table.match(method, _open_version(path)),
        key=lambda each: (_WORST_FIRST.index(status_of(each, today)), each.name),
    )
    if not found or _is_refuted(table, method, path, found):
        return _describe_unknown(table, method, path, calls, today)
    return RestCall(
        method=method,
        path=path,
        status=status_of(found[0], today),
        rule=found[0].rule or found[0].name,
        notes=tuple(_describe(table, found, today)),
        calls=calls,
        outlook=look_ahead(found) if _is_told_apart(found) else NONE_KNOWN,
    )


def _is_refuted(
    table: RestTable, method: str | None, path: str, found: Sequence[Operation]
) -> bool:
    """Tell whether a vapid row, which v1.0 does not have, fits a path closer than operations.

    ``/images/grouped`` is no image with that id.
    """
    vapid = to_vapid(path)
    rules = () if vapid is None else table.rules.match(method, vapid)
    if not rules or any(rule.rest is not None for rule in rules):
        return False
    closest = max(_fit(f"/rest/v1.0{rule.vapid.removeprefix('/vapid')}", path) for rule in rules)
    return closest > max(_fit(each.rest, path) for each in found)


def _fit(row: str, path: str) -> int:
    """Return how many words of a row a path spells, less those that a placeholder stands for."""
    pairs = zip(row.split("/"), path.split("/"), strict=True)
    return sum(1 if word == segment else -1 for word, segment in pairs if not word.startswith("{"))


def status_of(operation: Operation, today: date) -> RestStatus:
    """Return how an operation stands on a day."""
    lifecycle = _BY_LIFECYCLE.get(lifecycle_of(operation, today))
    if lifecycle is not None:
        return lifecycle
    return RestStatus.CURRENT if operation.confirmed else RestStatus.UNKNOWN


def _open_version(path: str) -> str:
    """Return a path whose version is a placeholder as a whole, where it is one in part."""
    match = _VERSION.search(path)
    return _VERSION.sub("{}", path) if match and "{" in match[0] else path


def _describe(table: RestTable, found: Sequence[Operation], today: date) -> list[str]:
    if len(found) == 1:
        return _describe_one(table, found[0], today)
    described = [(each, _describe_one(table, each, today)) for each in found]
    shared = [note for note in described[0][1] if all(note in other for _, other in described)]
    by_method = len({each.rest for each in found}) == 1
    notes = [] if by_method else [f"could be any of {_shorten([each.name for each in found])}"]
    notes += shared
    if not _is_told_apart(found):
        return notes
    return notes + [
        f"{each.method or 'other' if by_method else each.name}: {note}"
        for each, own in described
        for note in own
        if note not in shared
    ]


def _is_told_apart(found: Sequence[Operation]) -> bool:
    """Tell whether a call may mean so few operations that something is to be said of each."""
    return len(found) <= _SHOWN or len({each.rest for each in found}) == 1


def _describe_one(table: RestTable, operation: Operation, today: date) -> list[str]:
    """Return what is to be said of an operation that the table has."""
    notes = []
    if not operation.confirmed:
        known = operation.note or "the path is known, its methods are not"
        notes.append(f"not verified: {known}")
    elif operation.note and operation.rule is None:
        notes.append(operation.note)
    if lifecycle := describe_lifecycle(operation, today):
        severity = SEVERITY.get(lifecycle_of(operation, today), "")
        notes.append(f"{severity}target {lifecycle}")
    if operation.deprecated and operation.successor is None:
        notes += _list_versions(table, operation.method, operation.rest, today)
    return notes


def _describe_unknown(
    table: RestTable, method: str | None, path: str, calls: tuple[Place, ...], today: date
) -> RestCall:
    """Return what is known of a call that no operation matches: perhaps a vapid row does."""
    unknown = RestCall(method, path, RestStatus.UNKNOWN, None, (), calls)
    vapid = to_vapid(path)
    if vapid is not None:
        found = describe_endpoint(table.rules, method, vapid, (), today)
        if found.status is not Status.UNLISTED:
            return replace(unknown, rule=found.rule, notes=found.notes, outlook=found.outlook)
    notes = ["not in the table"]
    if others := table.match(None, _open_version(path)):
        methods = sorted({each.method for each in others if each.method})
        notes.append(f"the table knows the path with {', '.join(methods)} only")
    return replace(unknown, notes=(*notes, *_list_versions(table, method, path, today)))


def _list_versions(table: RestTable, method: str | None, path: str, today: date) -> list[str]:
    """Return a note on the other versions at which the table has the same call in service."""
    if method is None:
        return []
    same = table.match(method, _VERSION.sub("{}", path))
    versions = sorted(
        {
            each.version
            for each in same
            if each.version != path.split("/")[2]
            and each.method == method
            and status_of(each, today) is RestStatus.CURRENT
        }
    )
    return [f"the table knows it at {', '.join(versions)}"] if versions else []


def _shorten(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
