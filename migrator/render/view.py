"""Arranges a scan and its outcomes for the report templates: cleaned, grouped, numbered.

Everything that comes from the analysed code is harmless text here; a template still
escapes it for its own syntax.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from migrator import __version__
from migrator.codes import address_of, load_codes
from migrator.render.charts import (
    Bar,
    Line,
    count_areas,
    count_statuses,
    draw_bars,
    draw_progress,
    estimate,
    find_sunset,
)
from migrator.render.clean import clean
from migrator.render.diff import DiffLine, list_hunks
from migrator.render.excerpt import Excerpt, cut_excerpt, shorten
from migrator.render.identity import identify
from migrator.render.totals import (
    STATUS_MEANS,
    Totals,
    count,
    describe,
    group_by_file,
    is_prose,
    list_rest,
    say_count,
    say_standing,
)
from migrator.values import (
    Changed,
    Endpoint,
    Failed,
    Finding,
    Outcome,
    Place,
    Progress,
    RestCall,
    RestStatus,
    Safety,
    Scan,
    Status,
    Verdict,
)

SUNSET = date(2022, 2, 1)
"""The day from which Procore took ``/vapid`` out of service."""

_WIDTH = 160
_LONG = 2_000
_WIDE = 400
"""Characters that are shown of a path: nobody reads more of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One endpoint of the table."""

    method: str | None
    vapid: str
    rest: str
    status: Status
    rule: str | None
    notes: tuple[str, ...]
    calls: tuple[str, ...]
    """Where it is called, as ``path:line``."""
    sunset: str = ""
    """The day on which its target goes out of service; empty where none is known."""
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
    calls: tuple[str, ...]
    """Where it is called, as ``path:line``."""


@dataclass(frozen=True, slots=True)
class Item:
    """One finding; ``number`` is its place among all, for links."""

    number: int
    path: str
    line: int
    column: int
    code: str
    message: str
    safety: Safety
    excerpt: Excerpt
    endpoints: tuple[str, ...]
    notes: tuple[str, ...]
    """What is wrong with where the endpoints lead."""
    is_prose: bool
    fingerprint: str
    """What it is called in each report of the same project."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """What the report says about one file."""

    path: str
    items: tuple[Item, ...]
    prose: tuple[Item, ...]
    hunks: tuple[DiffLine, ...]
    failure: str | None
    """Why the file cannot be rewritten, if it cannot."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem as the report shows it."""

    path: str
    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means; ``address`` is None where its page is nowhere to be read yet."""

    code: str
    name: str
    title: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report template shows."""

    version: str
    root: str
    today: date
    sunset: date
    since_sunset: str
    files_seen: int
    totals: Totals
    sentence: str
    endpoints: tuple[Row, ...]
    statuses: tuple[tuple[Status, int, str], ...]
    """Each status that occurs: how often, and what it means."""
    files: tuple[FilePart, ...]
    manual: tuple[Item, ...]
    """What a person must look at: everything manual but prose."""
    problems: tuple[Trouble, ...]
    rest: tuple[RestRow, ...]
    standing: str | None
    """How many other Rest calls there are; None where they were not asked for."""
    progress: Progress | None = None
    """What became of earlier scans; None where there is none to compare with."""
    codes: tuple[Code, ...] = ()
    """The codes that occur, in order."""
    charts: tuple[tuple[str, tuple[Bar, ...]], ...] = ()
    """The charts that have anything to show, by their titles."""
    line: Line | None = None
    """The numbers of findings over time."""
    estimate: str = ""
    """How long the rest may take, and by what rule."""
    is_verified: bool = False
    """Whether to show what a live API said."""


def build_report(scan: Scan, outcomes: Iterable[Outcome], *, today: date) -> Report:
    """Return what a report shows; the same arguments give the same report."""
    totals = count(scan)
    files = _build_files(scan, tuple(outcomes))
    return Report(
        version=__version__,
        root=_name(scan.root),
        today=today,
        sunset=SUNSET,
        since_sunset=_say_distance(today),
        files_seen=scan.files_seen,
        totals=totals,
        sentence=describe(totals),
        endpoints=tuple(_build_rows(scan)),
        statuses=tuple((status, n, STATUS_MEANS[status]) for status, n in totals.by_status),
        files=files,
        manual=tuple(item for part in files for item in part.items if item.safety is Safety.MANUAL),
        problems=tuple(
            Trouble(_name(each.path), max(each.line, 1), each.code, _say(each.message))
            for each in scan.problems
        ),
        rest=tuple(_build_rest_row(call) for call in list_rest(scan.rest or ())),
        standing=None if scan.rest is None else say_standing(scan.rest),
        progress=_clean_progress(scan.progress),
        codes=tuple(_list_codes(scan)),
        charts=tuple(_draw_charts(scan, files)),
        line=draw_progress(scan.progress),
        estimate=estimate(totals, scan.endpoints) if scan.findings else "",
        is_verified=scan.verified is not None,
    )


def _draw_charts(scan: Scan, files: Iterable[FilePart]) -> Iterator[tuple[str, tuple[Bar, ...]]]:
    """Yield the charts that have anything to show."""
    counts = {part.path: len(part.items) + len(part.prose) for part in files}
    for title, bars in (
        ("Endpoints by status", count_statuses(scan.endpoints)),
        ("Calls by area", count_areas(scan.endpoints)),
        ("Findings by file", draw_bars({path: n for path, n in counts.items() if n})),
    ):
        if bars:
            yield title, tuple(replace(bar, label=_name(bar.label)) for bar in bars)


def _build_rows(scan: Scan) -> Iterator[Row]:
    verified = {(each.method, each.vapid): each for each in scan.verified or ()}
    for endpoint in scan.endpoints:
        row = _build_row(endpoint)
        found = verified.get((endpoint.method, endpoint.vapid))
        yield replace(row, verdict=found.verdict, detail=_say(found.detail)) if found else row


def _list_codes(scan: Scan) -> Iterator[Code]:
    used = {each.code for each in scan.findings} | {each.code for each in scan.problems}
    for code, known in load_codes().items():
        if code in used:
            yield Code(code, known.name, known.title, address_of(code))


def _clean_progress(progress: Progress | None) -> Progress | None:
    if progress is None:
        return None
    names = (_say(each.name) for each in progress.earlier)
    rows = (replace(each, name=name) for each, name in zip(progress.earlier, names, strict=True))
    return replace(progress, earlier=tuple(rows))


def _build_files(scan: Scan, outcomes: tuple[Outcome, ...]) -> tuple[FilePart, ...]:
    found = dict(group_by_file(scan.findings))
    names = dict(zip(map(id, scan.findings), identify(scan.findings), strict=True))
    changed = {each.before.path: each for each in outcomes if isinstance(each, Changed)}
    failed = {each.path: each.reason for each in outcomes if isinstance(each, Failed)}
    parts = []
    number = 0
    for path in sorted({*found, *changed, *failed}):
        findings = found.get(path, [])
        items = tuple(
            _build_item(each, number + i, names[id(each)])
            for i, each in enumerate(findings, start=1)
        )
        number += len(items)
        parts.append(
            FilePart(
                path=_name(path),
                items=tuple(item for item in items if not item.is_prose),
                prose=tuple(item for item in items if item.is_prose),
                hunks=list_hunks(changed[path]) if path in changed else (),
                failure=_say(failed[path]) if path in failed else None,
            )
        )
    return tuple(parts)


def _build_item(finding: Finding, number: int, fingerprint: str) -> Item:
    return Item(
        number=number,
        path=_name(finding.path),
        line=finding.line,
        column=finding.column,
        code=finding.code,
        message=_say(finding.message),
        safety=finding.safety,
        excerpt=cut_excerpt(finding, width=_WIDTH),
        endpoints=tuple(_name(name) for name in finding.endpoints),
        notes=tuple(_say(note) for note in finding.notes),
        is_prose=is_prose(finding),
        fingerprint=fingerprint,
    )


def _build_row(endpoint: Endpoint) -> Row:
    return Row(
        method=None if endpoint.method is None else _name(endpoint.method),
        vapid=_name(endpoint.vapid),
        rest=_name(endpoint.rest),
        status=endpoint.status,
        rule=endpoint.rule,
        notes=tuple(_say(note) for note in endpoint.notes),
        calls=_list_places(endpoint.calls),
        sunset=find_sunset(endpoint.notes),
    )


def _build_rest_row(call: RestCall) -> RestRow:
    return RestRow(
        method=None if call.method is None else _name(call.method),
        path=_name(call.path),
        status=call.status,
        notes=tuple(_say(note) for note in call.notes),
        calls=_list_places(call.calls),
    )


def _list_places(calls: Iterable[Place]) -> tuple[str, ...]:
    return tuple(f"{_name(call.path)}:{call.line}" for call in calls)


def _name(text: str) -> str:
    return shorten(clean(text), _WIDE)


def _say(message: str) -> str:
    return shorten(clean(message), _LONG)


def _say_distance(today: date) -> str:
    days = (today - SUNSET).days
    if days == 0:
        return "today"
    return f"{say_count(days, 'day')} ago" if days > 0 else f"in {say_count(-days, 'day')}"
