"""Leaves out of a report what a document of a limited length has no room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from migrator.render.excerpt import shorten
from migrator.render.rows import RestRow, Row
from migrator.render.totals import say_count
from migrator.render.view import FilePart, Item, Report
from migrator.values import Progress

_AnyRow = TypeVar("_AnyRow", Row, RestRow)

_ALL = 10**9
_MOST_ROWS = 1_500
_NAME = 80
"""Characters that are left of an earlier scan's name where something is left out."""


@dataclass(frozen=True, slots=True)
class Cut:
    """How much is shown: files with a diff, rows of each table, and lines below each row."""

    diffs: int = _ALL
    rows: int = _ALL
    lines: int = _ALL


def _step_down(first: int, last: int) -> Iterator[int]:
    """Yield numbers from the first to the last, each smaller by a twentieth or by one."""
    number = first
    while number >= last:
        yield number
        number -= max(number // 20, 1)


# From all to nothing: diffs go first, as the change itself shows them.
CUTS = (
    Cut(),
    *(Cut(diffs) for diffs in _step_down(500, 0)),
    *(Cut(0, _ALL, lines) for lines in _step_down(1_500, 5)),
    *(Cut(0, rows, 5) for rows in _step_down(_MOST_ROWS, 20)),
    *(Cut(0, rows, 1) for rows in _step_down(20, 0)),
)
FEWER_ROWS = CUTS.index(Cut(0, _MOST_ROWS, 5))
"""The first cut that leaves out rows."""


def cut_report(report: Report, cut: Cut) -> tuple[Report, tuple[str, ...]]:
    """Return the report with less in it, and what was left out."""
    if cut == Cut():
        return report, ()
    files = tuple(
        replace(
            part,
            items=tuple(_cut_item(each, cut.lines) for each in part.items[: cut.rows]),
            prose=part.prose[: cut.rows],
            hunks=part.hunks if number < cut.diffs else (),
        )
        for number, part in enumerate(report.files[: cut.rows])
    )
    shown = replace(
        report,
        endpoints=tuple(_cut_notes(each, cut.lines) for each in report.endpoints[: cut.rows]),
        rest=tuple(_cut_notes(each, cut.lines) for each in report.rest[: cut.rows]),
        manual=report.manual[: cut.rows],
        problems=report.problems[: cut.rows],
        files=files,
        progress=_cut_progress(report.progress, cut.rows),
    )
    counts = (
        ("earlier scan", _count_earlier(report), _count_earlier(shown)),
        ("diff", _count_hunks(report.files), _count_hunks(files)),
        ("endpoint", len(report.endpoints), len(shown.endpoints)),
        ("Rest call", len(report.rest), len(shown.rest)),
        ("manual place", len(report.manual), len(shown.manual)),
        ("problem", len(report.problems), len(shown.problems)),
        ("finding", _count_items(report.files), _count_items(files)),
    )
    left = [
        f"{each - kept:,} of {say_count(each, noun)}" for noun, each, kept in counts if each > kept
    ]
    if _longest_list(report) > cut.lines:
        left.append(f"what goes beyond {cut.lines:,} in the endpoints or notes of a row")
    return shown, tuple(left)


def _cut_item(item: Item, lines: int) -> Item:
    """Return a finding with so many endpoints, so many notes, and notes on how many more."""
    more = len(item.endpoints) - lines
    said = (f"and {say_count(more, 'more endpoint')}",) if more > 0 else ()
    # The notes stand right behind the endpoints.
    return replace(
        item, endpoints=item.endpoints[:lines], notes=(*said, *_shorten_list(item.notes, lines))
    )


def _cut_notes(row: _AnyRow, lines: int) -> _AnyRow:
    return replace(row, notes=_shorten_list(row.notes, lines))


def _shorten_list(notes: tuple[str, ...], lines: int) -> tuple[str, ...]:
    more = len(notes) - lines
    return (*notes[:lines], f"and {say_count(more, 'more note')}") if more > 0 else notes


def _cut_progress(progress: Progress | None, rows: int) -> Progress | None:
    """Return the progress since the last so many of the earlier scans, under shorter names."""
    if progress is None:
        return None
    first = max(len(progress.earlier) - rows, 0)
    return Progress(
        tuple(replace(each, name=shorten(each.name, _NAME)) for each in progress.earlier[first:]),
        progress.points[first:],
    )


def _longest_list(report: Report) -> int:
    """Return how many endpoints or notes the row has that has most of them."""
    items = [item for part in report.files for item in part.items]
    lists = (
        *(row.notes for row in report.endpoints),
        *(row.notes for row in report.rest),
        *(item.endpoints for item in items),
        *(item.notes for item in items),
    )
    return max(map(len, lists), default=0)


def _count_earlier(report: Report) -> int:
    return 0 if report.progress is None else len(report.progress.earlier)


def _count_hunks(files: Iterable[FilePart]) -> int:
    return sum(bool(part.hunks) for part in files)


def _count_items(files: Iterable[FilePart]) -> int:
    return sum(len(part.items) + len(part.prose) for part in files)
