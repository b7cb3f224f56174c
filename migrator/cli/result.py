"""Tells what a rewrite did from what it leaves for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from migrator.render.check import render_check
from migrator.render.clean import visible
from migrator.render.totals import say_count
from migrator.values import Changed, Failed, Finding, Fix, Outcome, Scan


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a scan: ``done`` and ``left`` together are all of its findings."""

    scan: Scan
    changed: tuple[Changed, ...]
    failed: tuple[Failed, ...]
    done: tuple[Finding, ...]
    left: tuple[Finding, ...]


def sort_out(scan: Scan, outcomes: Iterable[Outcome], fixes: frozenset[Fix]) -> Result:
    """Tell the findings that the outcomes resolve from those that are left.

    A finding is resolved where all its edits were asked for and made.
    """
    outcomes = tuple(outcomes)
    changed = tuple(outcome for outcome in outcomes if isinstance(outcome, Changed))
    paths = {outcome.before.path for outcome in changed}
    done = tuple(
        finding
        for finding in scan.findings
        if finding.edits
        and all(edit.fix in fixes and edit.span.path in paths for edit in finding.edits)
    )
    resolved = set(done)
    return Result(
        scan=scan,
        changed=changed,
        failed=tuple(outcome for outcome in outcomes if isinstance(outcome, Failed)),
        done=done,
        left=tuple(finding for finding in scan.findings if finding not in resolved),
    )


def summarise(result: Result) -> str:
    """Return what was changed, what is left and where, and the total, as lines."""
    lines = [
        f"{visible(path)}: {say_count(_count_edits(path, result.done), 'place')} changed\n"
        for path in (changed.before.path for changed in result.changed)
    ]
    lines_done: dict[tuple[str, int], list[Finding]] = {}
    for finding in result.done:
        lines_done.setdefault((finding.path, finding.line), []).append(finding)
    left = tuple(
        replace(each, column=_column_now(each, lines_done.get((each.path, each.line), ())))
        for each in result.left
    )
    if left:
        lines.append("Left for a person:\n")
    lines.append(render_check(replace(result.scan, findings=left, problems=())))
    lines.append(f"{total(result, 'changed')}\n")
    return "".join(lines)


def total(result: Result, verb: str) -> str:
    """Return the numbers of changed files and of places left, in one line."""
    return (
        f"{say_count(len(result.changed), 'file')} {verb}, "
        f"{say_count(len(result.left), 'place')} left for a person"
    )


def _count_edits(path: str, findings: Iterable[Finding]) -> int:
    return len({edit.span for each in findings for edit in each.edits if edit.span.path == path})


def _column_now(finding: Finding, done: Iterable[Finding]) -> int:
    """Return the column after the edits of ``done``, which were made on its line."""
    return finding.column + sum(
        len(edit.new) - len(edit.old)
        for other in done
        if other.column < finding.column
        for edit in other.edits
    )
