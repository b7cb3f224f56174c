"""Asks a person about each change before it is made."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from migrator.cli.output import wants_color
from migrator.cli.printable import printable
from migrator.codemods.splice import splice
from migrator.render.clean import visible
from migrator.render.diff import render_color_diff
from migrator.values import Changed, Edit, Finding, Fix, Scan, SourceFile

if TYPE_CHECKING:
    from collections.abc import Mapping

_ANSWERS = {
    "y": "change it",
    "n": "leave it",
    "a": "change it and all that follow",
    "q": "leave it and all that follow",
}


@dataclass(slots=True)
class _Course:
    """What has been answered by now; ``rest`` holds for all that follow."""

    given: dict[tuple[Edit, ...], bool]
    rest: bool | None = None


def review(scan: Scan, fixes: frozenset[Fix]) -> Scan:
    """Ask for each change of the chosen kinds, and return the scan with those accepted.

    What is declined is left to a person. The end of the input counts as ``q``.
    """
    sources = {source.path: source for source in scan.sources}
    course = _Course({})
    asked = [each for each in scan.findings if _edits(each, fixes)]
    kept: dict[Finding, bool] = {}
    for number, finding in enumerate(asked, 1):
        edits = _edits(finding, fixes)
        if edits not in course.given:
            if course.rest is None:
                _show(finding, edits, sources, f"{number} of {len(asked)}")
            course.given[edits] = _ask(course)
        kept[finding] = course.given[edits]
    findings = (
        each if kept.get(each, True) else replace(each, edits=(), fix=None)
        for each in scan.findings
    )
    return replace(scan, findings=tuple(findings))


def _edits(finding: Finding, fixes: frozenset[Fix]) -> tuple[Edit, ...]:
    return tuple(e for e in finding.edits if not fixes.isdisjoint({e.fix, finding.fix}))


def _show(
    finding: Finding, edits: tuple[Edit, ...], sources: Mapping[str, SourceFile], count: str
) -> None:
    """Show a finding, why it is one, what depends on it, and the lines before and after."""
    place = f"{visible(finding.path)}:{finding.line}:{finding.column}"
    _say("")
    _say(f"[{count}] {place}: {finding.code} {finding.message} ({finding.safety})", bold=True)
    for text in (*finding.endpoints, *finding.notes):
        _say(f"  {text}")
    changed = []
    for path in sorted({edit.span.path for edit in edits}):
        source = sources[path]
        own = sorted((e for e in edits if e.span.path == path), key=lambda e: e.span)
        after = splice(source.text, own)
        if after is not None:
            changed.append(Changed(source, b"", after))
    shown = render_color_diff(changed).decode()
    click.echo(shown if wants_color(sys.stderr) else click.unstyle(shown), err=True)


def _ask(course: _Course) -> bool:
    if course.rest is None:
        try:
            answer = click.prompt(
                f"Change this? ({', '.join(f'{key}: {text}' for key, text in _ANSWERS.items())})",
                type=click.Choice([*_ANSWERS]),
                show_choices=False,
                err=True,
            )
        except click.Abort:
            answer = "q"
        if answer in "yn":
            return answer == "y"
        course.rest = answer == "a"
    return course.rest


def _say(text: str, *, bold: bool = False) -> None:
    click.secho(printable(text), err=True, bold=bold and wants_color(sys.stderr))
