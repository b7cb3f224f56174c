"""The command for hooks and CI."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from migrator.cli.analysis import analyse, tell_problems
from migrator.cli.exits import Exit
from migrator.cli.options import as_of_option, help_option, paths_argument
from migrator.cli.output import print_text, require_stdout


@click.command(short_help="Fail if any vapid call is found: for hooks and CI")
@paths_argument("[FILES]...")
@as_of_option()
@help_option()
@click.pass_context
def check(ctx: click.Context, paths: tuple[str, ...], today: date) -> None:
    """Print one line for each place that still spells vapid, and fail if there is one.

    FILES are files and folders; without any, it is this folder. A file that cannot be
    read is named on stderr and does not fail the check by itself.

    \b
    Example:
      vapid-to-rest check src/sync.py
    """
    from migrator.render.check import render_check  # noqa: PLC0415 - not for --help

    require_stdout()
    found = analyse(paths, today=today)
    tell_problems(found)
    print_text(render_check(replace(found, problems=())))
    ctx.exit(Exit.LEFT if found.findings else Exit.DONE)
