"""Arranges endpoints and Rest calls as rows of the report's tables, and the days of their end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from migrator.render.excerpt import clean_start
from migrator.render.totals import list_rest, say_count
from migrator.values import (
    Basis,
    Checked,
    Endpoint,
    Outlook,
    Place,
    RestCall,
    RestStatus,
    Scan,
    Status,
    Verdict,
)

_LONG = 2_000
_WIDE = 400
"""Characters that are shown of a path: nobody reads more of it."""

_ENDS = re.compile(r"(?:error: |warning: )?target (?:sunset|deprecated since) ")
_UNLISTED = "not in the table: default rule"
"""What the status says."""
_ELSEWHERE = re.compile(r"moved: |only at v[\d.]+: ")
_BASES = {
    Basis.STATED: "stated by Procore",
    Basis.INFERRED: "inferred",
    Basis.LISTED: "listed",
}


@dataclass(frozen=True, slots=True)
class Prospect:
    """How long the target of a row is in service, relative to the day of the report."""

    sunset: str = ""
    """An ISO date, as the next; empty where none is known."""
    deprecated: str = ""
    when: str = ""
    """How far away the sunset is."""
    is_past: bool = False
    successors: tuple[tuple[str, str], ...] = ()
    """What to call instead, and how that is known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One endpoint of the table; ``remarks`` are the notes that no column of its own says."""

    method: str | None
    vapid: str
    rest: str
    status: Status
    rule: str | None
    notes: tuple[str, ...]
    remarks: tuple[str, ...]
    calls: tuple[str, ...]
    """Where it is called, as ``path:line``."""
    prospect: Prospect | None
    """None where nothing is known of an end, as of most."""
    hints: tuple[str, ...]
    verdict: Verdict | None = None
    """What a live API said of it; None where it was not asked."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RestRow:
    """One Rest call to look at."""

    method: str | None
    path: str
    status: RestStatus
    notes: tuple[str, ...]
    remarks: tuple[str, ...]
    calls: tuple[str, ...]
    """Where it is called, as ``path:line``."""
    prospect: Prospect | None


@dataclass(frozen=True, slots=True)
class Ending:
    """A day on which operations that the code leads to go out of service."""

    day: date
    when: str
    is_past: bool
    operations: int
    calls: int


def build_rows(scan: Scan, today: date) -> Iterator[Row]:
    """Yield the endpoints, each with what a live API said of it."""
    verified = {(each.method, each.vapid): each for each in scan.verified or ()}
    for endpoint in scan.endpoints:
        found = verified.get((endpoint.method, endpoint.vapid))
        yield _build_row(endpoint, found, today)


def build_rest_rows(scan: Scan, today: date) -> Iterator[RestRow]:
    """Yield the Rest calls to look at."""
    for call in list_rest(scan.rest or ()):
        notes = tuple(map(say, call.notes))
        yield RestRow(
            method=None if call.method is None else spell(call.method),
            path=spell(call.path),
            status=call.status,
            notes=notes,
            remarks=tuple(_leave_out_shown(notes, call.outlook)),
            calls=_list_places(call.calls),
            prospect=_look(call.outlook, today),
        )


def list_endings(scan: Scan, today: date) -> tuple[Ending, ...]:
    """Return the days on which targets of the code's calls go out of service, in order."""
    found: dict[date, list[Endpoint | RestCall]] = {}
    every: list[Endpoint | RestCall] = [*scan.endpoints, *(scan.rest or ())]
    for called in every:
        if called.outlook.sunset is not None:
            found.setdefault(called.outlook.sunset, []).append(called)
    return tuple(
        Ending(
            day,
            say_when(day, today),
            day <= today,
            len(each),
            len({place for called in each for place in called.calls}),
        )
        for day, each in sorted(found.items())
    )


@lru_cache(maxsize=4096)
def spell(text: str) -> str:
    """Return a path or a name, harmless and not too long."""
    return clean_start(text, _WIDE)


def say(message: str) -> str:
    """Return a sentence, harmless and not too long."""
    return clean_start(message, _LONG)


def say_when(day: date, today: date) -> str:
    """Return ``7 days ago``, ``today`` or ``in 7 days``."""
    days = (today - day).days
    if days == 0:
        return "today"
    return f"{say_count(days, 'day')} ago" if days > 0 else f"in {say_count(-days, 'day')}"


def _build_row(endpoint: Endpoint, found: Checked | None, today: date) -> Row:
    notes = tuple(map(say, endpoint.notes))
    return Row(
        method=None if endpoint.method is None else spell(endpoint.method),
        vapid=spell(endpoint.vapid),
        rest=spell(endpoint.rest),
        status=endpoint.status,
        rule=endpoint.rule,
        notes=notes,
        remarks=tuple(_leave_out_shown(notes, endpoint.outlook)),
        calls=_list_places(endpoint.calls),
        prospect=_look(endpoint.outlook, today),
        hints=tuple(map(say, endpoint.hints)),
        verdict=None if found is None else found.verdict,
        detail="" if found is None else say(found.detail),
    )


def _look(outlook: Outlook, today: date) -> Prospect | None:
    if outlook == Outlook():
        return None
    sunset, deprecated = outlook.sunset, outlook.deprecated
    return Prospect(
        sunset="" if sunset is None else sunset.isoformat(),
        deprecated="" if deprecated is None else deprecated.isoformat(),
        when="" if sunset is None else say_when(sunset, today),
        is_past=sunset is not None and sunset <= today,
        successors=tuple((say(each.name), _BASES[each.basis]) for each in outlook.successors),
    )


def _leave_out_shown(notes: Iterable[str], outlook: Outlook) -> Iterator[str]:
    """Yield the notes that columns do not say: those of one method among several stay."""
    for note in notes:
        if note == _UNLISTED:
            continue
        if outlook.deprecated is not None and _ENDS.match(note):
            continue
        if outlook.successors and _ELSEWHERE.match(note):
            continue
        yield note


def _list_places(calls: Iterable[Place]) -> tuple[str, ...]:
    return tuple(f"{spell(call.path)}:{call.line}" for call in calls)
