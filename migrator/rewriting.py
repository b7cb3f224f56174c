"""Makes the edits of a scan in memory, proves them, and plans the comments for a person."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from migrator.deep import run_deep
from migrator.errors import ParseError
from migrator.source import read_source
from migrator.values import Changed, Failed, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from migrator.values import Edit, Fix, Outcome, Scan

UNSETTLED = "planned once more after the change, it would be changed again"


def migrate_files(
    scan: Scan, fixes: frozenset[Fix], also: Iterable[Edit] = ()
) -> tuple[Outcome, ...]:
    """Make the edits of the chosen kinds in memory, file by file, and prove each result.

    ``also`` are edits that no finding is about. Nothing is written. A file whose result is
    not what was planned is a Failed.
    """
    from migrator.codemods.apply import migrate_source  # noqa: PLC0415 - LibCST is slow to import

    def run() -> tuple[Outcome, ...]:
        outcomes: list[Outcome] = []
        edits: dict[str, set[Edit]] = {}
        for edit in also:
            edits.setdefault(edit.span.path, set()).add(edit)
        for finding, edit in ((f, edit) for f in scan.findings for edit in f.edits):
            if not fixes.isdisjoint({edit.fix, finding.fix}):
                edits.setdefault(edit.span.path, set()).add(edit)
        for source in scan.sources:
            if source.path in edits:
                ordered = sorted(edits[source.path], key=lambda edit: edit.span)
                outcomes.append(migrate_source(source, ordered))
        return tuple(outcomes)

    return run_deep(run)


def plan_again(
    outcomes: Sequence[Outcome],
    fixes: frozenset[Fix],
    scan_again: Callable[[Mapping[str, bytes]], Scan],
    declined: Iterable[Edit] = (),
) -> tuple[Outcome, ...]:
    """Hold against the outcomes what would be planned if they were written: it must be nothing.

    ``scan_again`` scans with contents in the place of files', by their paths. A file that
    would be edited once more is a Failed; so is one that the first plan left alone. Of
    the edits that were ``declined``, as many as there were in a file are expected again.
    """
    changed = {each.before.path: each.after for each in outcomes if isinstance(each, Changed)}
    if not changed:
        return tuple(outcomes)
    failed = {each.path for each in outcomes if isinstance(each, Failed)}
    planned = {
        edit
        for finding in scan_again(changed).findings
        for edit in finding.edits
        if not fixes.isdisjoint({edit.fix, finding.fix})
    }
    # What is left of a count where another is taken from it, if it is more than zero.
    more = Counter(e.span.path for e in planned) - Counter(e.span.path for e in declined)
    again = set(more) - failed
    kept = (each for each in outcomes if isinstance(each, Failed) or each.before.path not in again)
    return (*kept, *(Failed(path, UNSETTLED) for path in sorted(again)))


def annotate_calls(scan: Scan, fixes: frozenset[Fix]) -> tuple[Scan, list[Edit]]:
    """Plan the comments above calls that need a person.

    The scan is returned with the files that they go to among its sources.
    """
    from migrator.annotations import list_annotations, plan_annotations  # noqa: PLC0415

    sources = {source.path: source for source in scan.sources}
    edits: list[Edit] = []
    for path, said in list_annotations(scan, fixes).items():
        source = sources.get(path) or read_source(Path(scan.root), path)
        if isinstance(source, SourceFile):
            with contextlib.suppress(ParseError):
                edits += run_deep(partial(plan_annotations, source, said))
                sources[path] = source
    return replace(scan, sources=tuple(sources[path] for path in sorted(sources))), edits
