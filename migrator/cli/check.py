"""The command for hooks and CI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from migrator.cli.analysis import analyse, tell_problems
from migrator.cli.caching import cache_option
from migrator.cli.exits import Exit
from migrator.cli.formats import CHECKED, Format, render
from migrator.cli.narrowing import Narrowing, narrowing_options
from migrator.cli.options import (
    DEFAULT_FIXES,
    as_of_option,
    fix_option,
    help_option,
    paths_argument,
)
from migrator.cli.output import print_text, require_stdout, say, text_width
from migrator.cli.unsaved import read_unsaved, stdin_option
from migrator.values import Finding, Fix, Scan


@click.command(short_help="Fail if any vapid call is found: for hooks and CI")
@paths_argument("[FILES]...")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in CHECKED]),
    default=Format.TEXT.value,
    show_default=True,
    help="Choose the form of the output",
)
@fix_option("Show this kind of change, too")
@narrowing_options
@stdin_option("Check what stands on stdin as this file")
@cache_option()
@as_of_option()
@help_option()
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[str, ...],
    *,
    form: str,
    fixes: frozenset[Fix],
    baseline: Path | None,
    write_baseline: bool,
    since: str | None,
    stdin_filename: str | None,
    today: date,
) -> None:
    """Print one line for each place that still spells vapid, and fail if there is one.

    FILES are files and folders; without any, it is this folder. What spells the URL of a call
    in them counts wherever it stands in the project. A file that cannot be
    read is named on stderr and does not fail the check by itself. Comments and documents that
    mention the old routes count: reword them, or end the line in # vapid: ignore.

    \b
    Example:
      vapid-to-rest check src/sync.py
      vapid-to-rest check --format github
    """
    require_stdout()
    narrowing = Narrowing(baseline, write_baseline, since)
    unsaved = read_unsaved(stdin_filename, paths)
    if stdin_filename is not None:
        paths = (stdin_filename,)
    found = analyse(
        paths,
        today=today,
        fixes=fixes,
        narrowing=narrowing,
        instead=unsaved,
        # An editor asks of the one file that it shows.
        elsewhere=stdin_filename is None,
    )
    tell_problems(found)
    print_text(show(found, Format(form), today))
    if found.findings:
        say(advise(found.findings))
    ctx.exit(Exit.LEFT if found.findings else Exit.DONE)


def show(found: Scan, form: Format, today: date) -> str:
    """Return the findings, a line each; in other forms with the problems, which stderr names."""
    if form is not Format.TEXT:
        return render(found, form, today=today, color=False, width=text_width())
    from migrator.render.check import render_check  # noqa: PLC0415 - not for --help

    return render_check(replace(found, problems=()))


def advise(findings: Sequence[Finding]) -> str:
    """Return what can be done about findings, in one line."""
    from migrator.render.totals import is_prose, say_count  # noqa: PLC0415 - not for --help

    edited = sum(finding.fix in DEFAULT_FIXES for finding in findings)
    prose = sum(is_prose(finding) for finding in findings)
    kinds = [f"{edited} for `vapid-to-rest rewrite --write`"] if edited else []
    idle = sum(finding.fix is Fix.SUPPRESSIONS for finding in findings)
    kinds += [f"{idle} for `--fix suppressions`"] if idle else []
    left = len(findings) - edited - idle
    kinds += [f"{left} for a person"] if left else []
    kinds += [f"{prose} of them in prose"] if prose else []
    return (
        f"{say_count(len(findings), 'finding')}: {', '.join(kinds)}. To silence one, end its line "
        "in `# vapid: ignore`; a file, `exclude` it in pyproject.toml"
    )
