"""The command that checks the table, and rows of a user's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from migrator.cli.exits import Exit
from migrator.cli.options import help_option
from migrator.cli.output import print_text, say
from migrator.cli.printable import printable
from migrator.cli.rules.opening import own_files
from migrator.render.totals import say_count
from migrator.resources import data_folder
from migrator.rules.lint import Verdict, lint_own, lint_table
from migrator.rules.rows import Rule, RuleError
from migrator.rules.table import load_rules, shorten


@click.command("lint", short_help="Check files of the table")
@click.argument(
    "paths", nargs=-1, metavar="[FILES]...", type=click.Path(exists=True, path_type=Path)
)
@help_option()
@click.pass_context
def lint_rules(ctx: click.Context, paths: tuple[Path, ...]) -> None:
    """Check rows of the table, and print file:line:column: reason for each that is wrong.

    FILES hold rows of your own, as the settings name them; a folder stands for its TOML
    files. Without any, it is the built-in table and the files that the settings name.

    \b
    Example:
      vapid-to-rest rules lint extra.toml
    """
    if paths:
        verdicts, files = [lint_own(_name(_expand(paths)), _built_in())], _expand(paths)
    else:
        table = sorted(data_folder("rules").rglob("*.toml"))
        files = [*table, *own_files()]
        verdicts = [lint_table(_name(table)), lint_own(_name(own_files()), _built_in())]
    faults = sum(len(verdict.faults) for verdict in verdicts)
    print_text("".join(_to_lines(verdicts)))
    rows = say_count(sum(verdict.rows for verdict in verdicts), "good row")
    wrong = say_count(faults, "fault") if faults else "nothing wrong"
    say(f"{rows} in {say_count(len(files), 'file')}, {wrong}.")
    ctx.exit(Exit.LEFT if faults else Exit.DONE)


def _to_lines(verdicts: Iterable[Verdict]) -> Iterable[str]:
    for verdict in verdicts:
        for fault in verdict.faults:
            yield printable(str(fault)) + "\n"


def _expand(paths: Iterable[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        files += sorted(path.glob("*.toml")) if path.is_dir() else [path]
    return list(dict.fromkeys(path.absolute() for path in files))


def _name(paths: Iterable[Path]) -> dict[Path, str]:
    return {path: shorten(path) for path in paths}


def _built_in() -> tuple[Rule, ...]:
    """Return the rows that others stand over; none where they are at fault themselves."""
    try:
        return load_rules().rules
    except RuleError:
        return ()
