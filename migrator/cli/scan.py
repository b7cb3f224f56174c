"""The command that shows what there is."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from migrator.cli.analysis import analyse
from migrator.cli.caching import cache_option
from migrator.cli.documents import check_folder, save_document
from migrator.cli.formats import Format, render
from migrator.cli.narrowing import Narrowing, narrowing_options
from migrator.cli.options import as_of_option, fix_option, help_option, paths_argument
from migrator.cli.output import print_text, require_stdout, text_width, wants_color
from migrator.values import Fix


@click.command(short_help="Show the endpoints that the code calls, and what to change")
@paths_argument("[PATHS]...")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Format]),
    default=Format.TEXT.value,
    show_default=True,
    help="Choose the form of the output",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to this file, not to stdout (-)",
)
@click.option(
    "--rest",
    is_flag=True,
    help="Also list calls to /rest that are deprecated, past their sunset or unknown",
)
@fix_option("Show this kind of change, too")
@narrowing_options
@cache_option()
@as_of_option()
@help_option()
def scan(
    paths: tuple[str, ...],
    form: str,
    output: Path | None,
    *,
    rest: bool,
    fixes: frozenset[Fix],
    baseline: Path | None,
    write_baseline: bool,
    since: str | None,
    today: date,
) -> None:
    """Show the vapid endpoints that the code calls, and every place to change.

    PATHS are files and folders; without any, it is this folder. Nothing is changed, and
    the exit code is 0 whatever is found.

    \b
    Example:
      vapid-to-rest scan src --format json -o vapid.json
    """
    if output == Path("-"):
        output = None
    if output is None:
        require_stdout()
    else:
        check_folder(output)
    narrowing = Narrowing(baseline, write_baseline, since)
    found = analyse(paths, today=today, output=output, rest=rest, fixes=fixes, narrowing=narrowing)
    color = output is None and wants_color(sys.stdout)
    document = render(
        found, Format(form), today=today, color=color, width=text_width(), fixes=fixes
    )
    if output is None:
        print_text(document)
    else:
        save_document(output, document)
