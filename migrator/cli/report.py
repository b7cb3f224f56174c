"""The command that writes the migration report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from migrator.cli.analysis import analyse
from migrator.cli.documents import check_folder, save_document
from migrator.cli.formats import SUFFIXES, format_of, render
from migrator.cli.options import as_of_option, fix_option, help_option, paths_argument
from migrator.cli.output import text_width
from migrator.values import Fix


@click.command(short_help="Write the migration report as HTML, Markdown or JSON")
@paths_argument("[PATHS]...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to this file; its suffix, .html, .md or .json, says in which form",
)
@fix_option("Show this kind of change, too")
@as_of_option()
@help_option()
def report(paths: tuple[str, ...], output: Path, fixes: frozenset[Fix], today: date) -> None:
    """Write the migration report: endpoints, places, and the changes that rewrite would make.

    PATHS are files and folders; without any, it is this folder. No source is changed. Calls
    to /rest that are deprecated, past their sunset or unknown are listed, too.

    \b
    Example:
      vapid-to-rest report src -o migration.html
    """
    form = format_of(output)
    if form is None:
        known = ", ".join(SUFFIXES)
        raise click.UsageError(f"{output.name!r} has no suffix that says a format: {known}.")
    check_folder(output)
    found = analyse(paths, today=today, output=output, rest=True, fixes=fixes)
    if not found.rest:
        found = replace(found, rest=None)
    document = render(found, form, today=today, color=False, width=text_width(), fixes=fixes)
    save_document(output, document)
