"""The command that writes the migration report."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from click.core import ParameterSource

from migrator.cli.analysis import analyse
from migrator.cli.caching import cache_option
from migrator.cli.documents import check_folder, save_document
from migrator.cli.exits import RefusedError
from migrator.cli.formats import COMPARED, SUFFIXES, VERIFIED, Format, format_of, render
from migrator.cli.options import as_of_option, fix_option, help_option, paths_argument
from migrator.cli.output import print_text, require_stdout, text_width, wants_color
from migrator.values import Checked, Fix, Scan


@click.command(short_help="Write the migration report, from code or from saved scans")
@paths_argument("[PATHS]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=f"Write to this file; its suffix says in which form: {', '.join(SUFFIXES)}",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    help="Choose the form of the output, whatever the suffix",
)
@click.option(
    "--from",
    "source",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Read no code: show this scan, which scan --format json wrote",
)
@click.option(
    "--compare",
    "earlier",
    type=click.Path(dir_okay=False, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Show what is done, new and left since this scan; may be given several times",
)
@click.option(
    "--verified",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Show what a live API said of the endpoints, which verify --format json wrote",
)
@fix_option("Show this kind of change, too")
@cache_option()
@as_of_option()
@help_option()
@click.pass_context
def report(
    ctx: click.Context,
    paths: tuple[str, ...],
    *,
    output: Path | None,
    form: str | None,
    source: Path | None,
    earlier: tuple[Path, ...],
    verified: Path | None,
    fixes: frozenset[Fix],
    today: date,
) -> None:
    """Write the migration report: endpoints, places, and the changes that rewrite would make.

    PATHS are files and folders; without any, it is this folder. No source is changed. Calls
    to /rest that are deprecated, past their sunset or unknown are listed, too. Without -o,
    the report is printed.

    \b
    Example:
      vapid-to-rest report src -o migration.html
      vapid-to-rest report --from scan.json -o migration.md
      vapid-to-rest report --compare january.json --compare may.json -o migration.md
    """
    output = None if output == Path("-") else output
    chosen = choose_format(output, form)
    if earlier and chosen not in COMPARED:
        known = ", ".join(COMPARED)
        raise click.UsageError(f"--compare shows in {known}, and not in {chosen}.")
    if verified is not None and chosen not in VERIFIED:
        known = ", ".join(VERIFIED)
        raise click.UsageError(f"--verified shows in {known}, and not in {chosen}.")
    if output is None:
        require_stdout()
    else:
        check_folder(output)
        refuse_inputs(output, (source, verified, *earlier))
    if source is None:
        found = analyse(paths, today=today, output=output, rest=True, fixes=fixes)
    else:
        for name in ("paths", "fixes"):
            if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
                raise click.UsageError("--from shows a saved scan: leave out PATHS and --fix.")
        found, day = read_scan(source)
        if ctx.get_parameter_source("today") is not ParameterSource.COMMANDLINE:
            today = day or today
    if not found.rest and not found.standing.places:
        found = replace(found, rest=None)
    if earlier:
        found = compare_with(found, earlier, today)
    if verified is not None:
        found = replace(found, verified=read_verdicts(verified))
    color = output is None and wants_color(sys.stdout)
    document = render(found, chosen, today=today, color=color, width=text_width(), fixes=fixes)
    if output is None:
        print_text(document)
    else:
        save_document(output, document)


def choose_format(output: Path | None, form: str | None) -> Format:
    """Return the format that was asked for, by name or by suffix."""
    if form is not None:
        return Format(form)
    if output is None:
        raise click.UsageError("say where to write, with -o FILE, or in which form, with --format.")
    chosen = format_of(output)
    if chosen is None:
        known = ", ".join(SUFFIXES)
        raise click.UsageError(f"{output.name!r} has no suffix that says a format: {known}.")
    return chosen


def refuse_inputs(output: Path, inputs: tuple[Path | None, ...]) -> None:
    """Refuse to write over a scan that is read: the next comparison would need it."""
    for each in inputs:
        if each is not None and each.resolve() == output.resolve():
            raise RefusedError(f"{output} is one of the scans to read: name another one")


def read_scan(file: Path) -> tuple[Scan, date | None]:
    """Return a saved scan, with the source lines that still are what they were, and its day."""
    from migrator.errors import MigratorError  # noqa: PLC0415 - not for --help
    from migrator.saved import attach_lines, read_saved  # noqa: PLC0415

    try:
        saved = read_saved(file)
    except MigratorError as error:
        raise RefusedError(str(error)) from error
    return attach_lines(saved.scan, Path(saved.scan.root)), saved.day


def read_verdicts(file: Path) -> tuple[Checked, ...]:
    """Return what a live API said of endpoints."""
    from migrator.errors import MigratorError  # noqa: PLC0415 - not for --help
    from migrator.saved import read_verified  # noqa: PLC0415

    try:
        return read_verified(file)
    except MigratorError as error:
        raise RefusedError(str(error)) from error


def compare_with(scan: Scan, files: tuple[Path, ...], today: date) -> Scan:
    """Return the scan with its progress since saved ones."""
    from migrator.errors import MigratorError  # noqa: PLC0415 - not for --help
    from migrator.progress import compare  # noqa: PLC0415
    from migrator.saved import read_saved  # noqa: PLC0415

    try:
        earlier = [(file.name, read_saved(file)) for file in dict.fromkeys(files)]
    except MigratorError as error:
        raise RefusedError(str(error)) from error
    return compare(scan, earlier, today=today)
