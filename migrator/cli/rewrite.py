"""The command that changes files, and says what it leaves for a person."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrator.cli.analysis import analyse, find_annotated, tell_problems
from migrator.cli.caching import cache_option
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
from migrator.cli.unsaved import read_unsaved, stdin_option
from migrator.values import Changed, Failed, Fix, Outcome, Scan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from migrator.cli.result import Result
    from migrator.values import Edit


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was asked for."""

    paths: tuple[str, ...]
    fixes: frozenset[Fix]
    today: date
    interactive: bool
    annotate: bool
    unsaved: dict[str, bytes]


@click.command(short_help="Show the change as a diff, or make it")
@paths_argument("[PATHS]...")
@click.option("--write", is_flag=True, help="Change the files")
@click.option("--interactive", is_flag=True, help="Ask for each change, and make those accepted")
@fix_option("Make this kind of change", default=tuple(sorted(fix.value for fix in DEFAULT_FIXES)))
@click.option("--prose", is_flag=True, help="Change comments, docstrings and documents, too")
@click.option("--annotate", is_flag=True, help="Put a comment above each call for a person")
@click.option("--remove-annotations", is_flag=True, help="Take these comments away, and no more")
@click.option("--allow-dirty", is_flag=True, help="Do not warn of files that git cannot restore")
@stdin_option("Read this file from stdin, and write it to stdout")
@cache_option()
@as_of_option()
@help_option()
@click.pass_context
def rewrite(
    ctx: click.Context,
    paths: tuple[str, ...],
    *,
    write: bool,
    interactive: bool,
    fixes: frozenset[Fix],
    prose: bool,
    annotate: bool,
    remove_annotations: bool,
    allow_dirty: bool,
    stdin_filename: str | None,
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
    from migrator.cli.result import sort_out  # noqa: PLC0415 - not for --help

    require_stdout()
    _require_sense(write or interactive, interactive, annotate, remove_annotations, stdin_filename)
    fixes |= {Fix.PROSE} if prose else set()
    unsaved = read_unsaved(stdin_filename, paths)
    if stdin_filename is not None:
        paths = (stdin_filename,)
    wanted = _Wanted(paths, fixes, today, interactive, annotate, unsaved)
    if remove_annotations:
        found, outcomes = _plan_removals(paths, unsaved)
    else:
        found, outcomes = _plan(wanted)
    if write or interactive:
        if not allow_dirty:
            _warn(found, outcomes)
        outcomes = tuple(write_outcome(outcome, Path(found.root)) for outcome in outcomes)
    result = sort_out(found, outcomes, fixes)
    tell_problems(found)
    for failure in result.failed:
        say(f"{failure.path}: not changed: {failure.reason}")
    ctx.exit(_tell(result, unsaved, written=write or interactive))


def _require_sense(
    write: bool,  # noqa: FBT001 - of flags alone
    interactive: bool,  # noqa: FBT001
    annotate: bool,  # noqa: FBT001
    remove: bool,  # noqa: FBT001
    stdin: str | None,
) -> None:
    """Refuse options of which one says what another denies."""
    if stdin is not None and write:
        raise click.UsageError("--stdin-filename writes to stdout: it cannot write files as well.")
    if remove and (annotate or interactive):
        raise click.UsageError("--remove-annotations takes comments away, and does no more.")


def _plan(wanted: _Wanted) -> tuple[Scan, tuple[Outcome, ...]]:
    """Plan all that was asked for, and prove it."""
    from migrator.rewriting import annotate_calls, migrate_files, plan_again  # noqa: PLC0415

    def scan(contents: Mapping[str, bytes]) -> Scan:
        return analyse(
            wanted.paths,
            today=wanted.today,
            fixes=wanted.fixes,
            rest=wanted.annotate,
            instead={**wanted.unsaved, **contents},
        )

    found = planned = scan({})
    if wanted.interactive:
        from migrator.cli.review import review  # noqa: PLC0415 - seldom needed

        found = review(planned, wanted.fixes)
    also: list[Edit] = []
    if wanted.annotate:
        found, also = annotate_calls(found, wanted.fixes)
    accepted = {edit for finding in found.findings for edit in finding.edits}
    declined = {e for finding in planned.findings for e in finding.edits} - accepted
    outcomes = plan_again(
        migrate_files(found, wanted.fixes, also),
        wanted.fixes,
        lambda changed: scan(
            {os.path.join(found.root, path): data for path, data in changed.items()}  # noqa: PTH118
        ),
        declined,
    )
    return found, outcomes


def _plan_removals(
    paths: tuple[str, ...], unsaved: Mapping[str, bytes]
) -> tuple[Scan, tuple[Outcome, ...]]:
    from migrator.rewriting import migrate_files  # noqa: PLC0415 - LibCST is slow to import

    found, edits = find_annotated(paths, unsaved)
    return found, migrate_files(found, frozenset(), edits)


def _warn(found: Scan, outcomes: tuple[Outcome, ...]) -> None:
    from migrator.cli.versions import warn_of_versions  # noqa: PLC0415 - for --write only

    paths = {each.before.path for each in outcomes if isinstance(each, Changed)}
    if paths:
        warn_of_versions(found.root, paths)


def _tell(result: Result, unsaved: Mapping[str, bytes], *, written: bool) -> Exit:
    """Print what the change is, or what became of it."""
    from migrator.cli.result import summarise, total  # noqa: PLC0415 - not for --help

    if unsaved:
        (content,) = unsaved.values()
        print_bytes(result.changed[0].after if result.changed else content)
        say(total(result, "changed"))
    elif written:
        print_text(summarise(result))
    else:
        print_bytes(show_diff(result.changed))
        warn_of_secrets(result.changed)
        say(total(result, "would be changed"))
    is_left = result.left if written or unsaved else result.changed
    return Exit.LEFT if result.failed or is_left else Exit.DONE


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
