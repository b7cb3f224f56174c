"""The command that changes files, and says what it leaves for a person."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrator.cli.analysis import analyse, tell_problems
from migrator.cli.exits import Exit
from migrator.cli.options import (
    DEFAULT_FIXES,
    as_of_option,
    fix_option,
    help_option,
    paths_argument,
)
from migrator.cli.output import print_bytes, print_text, require_stdout, say, wants_color
from migrator.cli.printable import encode
from migrator.values import Changed, Failed, Fix, Outcome, Scan

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command(short_help="Show the change as a diff, or make it")
@paths_argument("[PATHS]...")
@click.option("--write", is_flag=True, help="Change the files")
@fix_option("Make this kind of change", default=tuple(sorted(fix.value for fix in DEFAULT_FIXES)))
@click.option("--prose", is_flag=True, help="Change comments, docstrings and documents, too")
@as_of_option()
@help_option()
@click.pass_context
def rewrite(
    ctx: click.Context,
    paths: tuple[str, ...],
    *,
    write: bool,
    fixes: frozenset[Fix],
    prose: bool,
    today: date,
) -> None:
    """Print the change as a unified diff; with --write, make it.

    PATHS are files and folders; without any, it is this folder. The exit code is 1 if a
    diff is printed, or if something is left for a person after --write.

    \b
    Example:
      vapid-to-rest rewrite src
      vapid-to-rest rewrite src --write
      vapid-to-rest rewrite src --fix namespace --fix host
    """
    from migrator.cli.result import sort_out, summarise, total  # noqa: PLC0415 - not for --help
    from migrator.pipeline import migrate_files, plan_again  # noqa: PLC0415

    require_stdout()
    found = analyse(paths, today=today, fixes=fixes)
    if prose:
        fixes |= {Fix.PROSE}
    outcomes = plan_again(
        migrate_files(found, fixes),
        fixes,
        lambda changed: analyse(
            paths, today=today, fixes=fixes, instead=_from_here(found, changed)
        ),
    )
    if write:
        outcomes = tuple(write_outcome(outcome, Path(found.root)) for outcome in outcomes)
    result = sort_out(found, outcomes, fixes)
    tell_problems(found)
    for failure in result.failed:
        say(f"{failure.path}: not changed: {failure.reason}")
    if write:
        print_text(summarise(result))
    else:
        print_bytes(show_diff(result.changed))
        warn_of_secrets(result.changed)
        say(total(result, "would be changed"))
    is_left = result.failed or (result.left if write else result.changed)
    ctx.exit(Exit.LEFT if is_left else Exit.DONE)


def _from_here(scan: Scan, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    return {os.path.join(scan.root, path): data for path, data in contents.items()}  # noqa: PTH118


def warn_of_secrets(changed: tuple[Changed, ...]) -> None:
    """Say on stderr what a patch tells that is not to be masked: it would not apply."""
    from migrator.render.diff import count_exposed  # noqa: PLC0415 - not for --help
    from migrator.render.totals import say_count  # noqa: PLC0415

    number = 0 if sys.stdout.isatty() else count_exposed(changed)
    if number:
        lines = say_count(number, "line")
        have = "has" if number == 1 else "have"
        say(f"{lines} of the patch {have} a secret, which git must get as it is: do not post it")


def write_outcome(outcome: Outcome, root: Path) -> Outcome:
    """Write what was changed; return the outcome, or why it could not be written."""
    from migrator.write import WriteError, write_atomically  # noqa: PLC0415 - for --write only

    if isinstance(outcome, Failed):
        return outcome
    path = outcome.before.path
    try:
        write_atomically(root / path, outcome.before.data, outcome.after)
    except WriteError as error:
        return Failed(path, str(error))
    return outcome


def show_diff(changed: tuple[Changed, ...]) -> bytes:
    """Return a patch to the byte, or, where stdout is a terminal, what a person may look at.

    ``FORCE_COLOR`` does not count: it is often set for a whole CI job, and would break
    a diff that is kept or piped on.
    """
    from migrator.render.diff import render_color_diff, render_diff  # noqa: PLC0415

    if not sys.stdout.isatty():
        return render_diff(changed)
    shown = render_color_diff(changed)
    return shown if wants_color(sys.stdout) else encode(click.unstyle(shown.decode()))
