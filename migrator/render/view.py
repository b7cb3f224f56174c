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
from migrator.render.burndown import Burndown, draw_burndown
from migrator.render.charts import (
    Bar,
    Estimate,
    count_areas,
    count_statuses,
    draw_bars,
    estimate,
)
from migrator.render.diff import DiffLine, list_hunks
from migrator.render.excerpt import Excerpt, cut_excerpt
from migrator.render.identity import identify
from migrator.render.rows import (
    Ending,
    RestRow,
    Row,
    build_rest_rows,
    build_rows,
    list_endings,
    say,
    say_when,
    spell,
)
from migrator.render.totals import (
    STATUS_MEANS,
    Totals,
    count,
    describe,
    group_by_file,
    is_prose,
    say_standing,
)
from migrator.values import (
    Changed,
    Failed,
    Finding,
    Outcome,
    Progress,
    Safety,
    Scan,
    Status,
)

SUNSET = date(2022, 2, 1)
"""The day from which Procore took ``/vapid`` out of service."""

_WIDTH = 160


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
    line: Burndown | None = None
    """The numbers of findings over time."""
    methods: tuple[str, ...] = ()
    """Those of the endpoints."""
    finding_codes: tuple[str, ...] = ()
    """Those of the findings: ``codes`` has those of problems, too."""
    endings: tuple[Ending, ...] = ()
    """The days on which targets of the code's calls go out of service."""
    share: str | None = None
    """How much of the code is changed without a person, in per cent; None where nothing is."""
    estimate: Estimate | None = None
    """How long the rest may take, and by what rule."""
    is_verified: bool = False
    """Whether to show what a live API said."""


def build_report(scan: Scan, outcomes: Iterable[Outcome], *, today: date) -> Report:
    """Return what a report shows; the same arguments give the same report."""
    totals = count(scan)
    files = _build_files(scan, tuple(outcomes))
    return Report(
        version=__version__,
        root=spell(scan.root),
        today=today,
        sunset=SUNSET,
        since_sunset=say_when(SUNSET, today),
        files_seen=scan.files_seen,
        totals=totals,
        sentence=describe(totals),
        endpoints=tuple(build_rows(scan, today)),
        statuses=tuple((status, n, STATUS_MEANS[status]) for status, n in totals.by_status),
        files=files,
        manual=tuple(item for part in files for item in part.items if item.safety is Safety.MANUAL),
        problems=tuple(
            Trouble(spell(each.path), max(each.line, 1), each.code, say(each.message))
            for each in scan.problems
        ),
        rest=tuple(build_rest_rows(scan, today)),
        standing=None if scan.rest is None else say_standing(scan),
        progress=_clean_progress(scan.progress),
        codes=tuple(_list_codes(scan)),
        charts=tuple(_draw_charts(scan, files)),
        line=draw_burndown(scan.progress),
        methods=tuple(sorted({spell(each.method or "unknown") for each in scan.endpoints})),
        finding_codes=tuple(sorted({each.code for each in scan.findings})),
        endings=list_endings(scan, today),
        share=_share_of_machine(scan),
        estimate=estimate(totals, scan.endpoints) if scan.findings else None,
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
            yield title, tuple(replace(bar, label=spell(bar.label)) for bar in bars)


def _share_of_machine(scan: Scan) -> str | None:
    """Return how many of the places in code are changed by machine: rounded down, never up."""
    places = [each for each in scan.findings if not is_prose(each)]
    if not places:
        return None
    safe = sum(each.safety is Safety.SAFE for each in places)
    share = 100 * safe // len(places)
    return f"{share} %" if share or not safe else "less than 1 %"


def _list_codes(scan: Scan) -> Iterator[Code]:
    used = {each.code for each in scan.findings} | {each.code for each in scan.problems}
    for code, known in load_codes().items():
        if code in used:
            yield Code(code, known.name, known.title, address_of(code))


def _clean_progress(progress: Progress | None) -> Progress | None:
    if progress is None:
        return None
    names = (say(each.name) for each in progress.earlier)
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
                path=spell(path),
                items=tuple(item for item in items if not item.is_prose),
                prose=tuple(item for item in items if item.is_prose),
                hunks=list_hunks(changed[path]) if path in changed else (),
                failure=say(failed[path]) if path in failed else None,
            )
        )
    return tuple(parts)


def _build_item(finding: Finding, number: int, fingerprint: str) -> Item:
    return Item(
        number=number,
        path=spell(finding.path),
        line=finding.line,
        column=finding.column,
        code=finding.code,
        message=say(finding.message),
        safety=finding.safety,
        excerpt=cut_excerpt(finding, width=_WIDTH),
        endpoints=tuple(spell(name) for name in finding.endpoints),
        notes=tuple(say(note) for note in finding.notes),
        is_prose=is_prose(finding),
        fingerprint=fingerprint,
    )
