"""Tells what a rewrite did from what it leaves for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from migrator.fixes.codes import kind_of
from migrator.render.check import render_check
from migrator.render.clean import inert, visible
from migrator.render.totals import say_count
from migrator.source import Lines
from migrator.values import Changed, Edit, Failed, Finding, Fix, Outcome, Scan


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a scan: ``done`` and ``left`` together are all findings of its kinds."""

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
        and (finding.fix in fixes or all(edit.fix in fixes for edit in finding.edits))
        and all(edit.span.path in paths for edit in finding.edits)
    )
    resolved = set(done)
    return Result(
        scan=scan,
        changed=changed,
        failed=tuple(outcome for outcome in outcomes if isinstance(outcome, Failed)),
        done=done,
        left=tuple(
            finding
            for finding in scan.findings
            if finding not in resolved and kind_of(finding) in fixes
        ),
    )


def summarise(result: Result) -> str:
    """Return what was changed, what is left and where, and the total, as lines."""
    lines = [
        f"{inert(visible(path))}: {_count(len(edits_in(path, result.done)))} changed\n"
        for path in (changed.before.path for changed in result.changed)
    ]
    texts = {changed.before.path: changed for changed in result.changed}
    left = tuple(
        _placed_now(each, texts[each.path], result.done) if each.path in texts else each
        for each in result.left
    )
    if left:
        lines.append("Left for a person:\n")
    lines.append(render_check(replace(result.scan, findings=left, problems=())))
    lines.append(f"{total(result, 'changed')}\n")
    return "".join(lines)


def _count(places: int) -> str:
    return say_count(places, "place") if places else "comments"


def total(result: Result, verb: str) -> str:
    """Return the numbers of changed files and of places left, in one line."""
    return (
        f"{say_count(len(result.changed), 'file')} {verb}, "
        f"{say_count(len(result.left), 'place')} left for a person"
    )


def edits_in(path: str, findings: Iterable[Finding]) -> set[Edit]:
    """Return the edits of one file, each once."""
    return {edit for each in findings for edit in each.edits if edit.span.path == path}


def _placed_now(finding: Finding, changed: Changed, done: Iterable[Finding]) -> Finding:
    """Return a finding as it stands after the edits that were made before it in its file."""
    offset = Lines(changed.before.text).offset(finding.line, finding.column)
    shift = sum(
        len(edit.new) - len(edit.old)
        for edit in edits_in(finding.path, done)
        if edit.span.end <= offset
    )
    line, column = Lines(changed.text).place(offset + shift)
    return replace(finding, line=line, column=column)
