"""The command that refreshes a table of one's own from Procore's OpenAPI document."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from migrator.cli.documents import check_folder, save_document
from migrator.cli.exits import RefusedError
from migrator.cli.options import as_of_option, help_option
from migrator.cli.output import print_text, say
from migrator.cli.progress import watch_progress
from migrator.errors import MigratorError
from migrator.render.clean import inert, visible
from migrator.render.totals import say_count
from migrator.resources import data_folder
from migrator.rules.documents import read_documents
from migrator.rules.files import (
    RuleFile,
    add_rows,
    parse_file,
    read_file,
    read_operations,
    read_rows,
)
from migrator.rules.openapi import Spec, read_spec
from migrator.rules.operations import Operation
from migrator.rules.rows import Rule
from migrator.rules.table import load_rules, shorten
from migrator.rules.update import Change, Update, select_own, spell_own, update_rules


@click.command("update", short_help="Refresh rows of your own from an OpenAPI document")
@click.option(
    "--from",
    "sources",
    metavar="FILE_OR_URL",
    multiple=True,
    required=True,
    help="Read this document: a file, a folder, or an address; may be given several times",
)
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Refresh the rows in this file, or make it",
)
@click.option(
    "--complete",
    is_flag=True,
    help="Take what the documents lack for missing: they are all of Procore's API",
)
@click.option("--allow-http", is_flag=True, help="Fetch over plain http, too")
@as_of_option()
@help_option()
def update_table(
    sources: tuple[str, ...], out: Path, *, complete: bool, allow_http: bool, today: date
) -> None:
    """Refresh existence, deprecation and parameters of rows from Procore's OpenAPI document.

    OpenAPI 3.0 and 3.1 as JSON, and as YAML with the extra "yaml"; whole, or in parts. Rows
    that differ from the built-in table go to the file of --out, and every change is printed.
    Name the file in the settings, rules = ["FILE"], and all commands read it.

    \b
    Examples:
      vapid-to-rest rules update --from openapi.json --out procore.toml
      vapid-to-rest rules update --from openapi/ --complete --out procore.toml
    """
    check_folder(out)
    if out.resolve().parent == data_folder("rules").resolve():
        raise RefusedError(f"{out} is part of the built-in table: give another file")
    built_in = {rule.id: rule for rule in load_rules().rules}
    try:
        area, table, operations = _read_table(out, built_in)
        spec = _read_sources(sources, allow_http=allow_http)
        update = update_rules(table.values(), spec, today=today, complete=complete)
        text = spell_own(select_own(update.rules, built_in), area, operations)
        _prove(text, out.stem, built_in)
    except MigratorError as error:
        raise RefusedError(f"nothing is changed: {error}") from error
    for remark in spec.remarks:
        say(remark)
    print_text("".join(_to_lines(update.changes)))
    if update.changes:
        save_document(out, text)
    say(_summarise(update, spec))


def _read_table(
    out: Path, built_in: dict[str, Rule]
) -> tuple[str | None, dict[str, Rule], list[Operation]]:
    """Return the area that the file names, the rows that hold so far, and those on Rest."""
    if not out.exists():
        return None, built_in, []
    file = read_file(out.absolute(), shorten(out.absolute()))
    return file.document.get("area"), _merge(file, out.stem, built_in), read_operations(file)


def _merge(file: RuleFile, area: str, built_in: dict[str, Rule]) -> dict[str, Rule]:
    return add_rows(built_in, file, read_rows(file, area))


def _prove(text: str, area: str, built_in: dict[str, Rule]) -> None:
    """Read what is to be written as the next run will. Raises RuleError where it cannot."""
    _merge(parse_file("the new table", text), area, built_in)


def _read_sources(sources: Sequence[str], *, allow_http: bool) -> Spec:
    with watch_progress(sys.stderr) as on_progress:
        return read_spec(read_documents(sources, allow_http=allow_http, on_progress=on_progress))


def _to_lines(changes: Sequence[Change]) -> Iterator[str]:
    """Yield the id of each row that changed, and below it a line a field."""
    last = ""
    for change in changes:
        if change.rule.id != last:
            last = change.rule.id
            yield f"{last}  {change.rule.name}\n"
        yield inert(visible(f"  {change.field:15} {_say(change)}")) + "\n"


def _say(change: Change) -> str:
    old, new = change.old, change.new
    if change.field == "parameters":
        if not old or not new:
            return f"{len(new)} recorded, none before" if new else f"none, {len(old or ())} before"
        gone = [f"- {each}" for each in old if each not in new]
        come = [f"+ {each}" for each in new if each not in old]
        return ", ".join((*gone, *come))
    return f"{_join(old)} → {_join(new)}"


def _join(value: str | Sequence[str] | None) -> str:
    if value is None:
        return "none"
    return value if isinstance(value, str) else ", ".join(value)


def _summarise(update: Update, spec: Spec) -> str:
    changed = len({change.rule.id for change in update.changes})
    same = len(update.rules) - changed - update.absent
    text = f"{say_count(len(spec.operations), 'operation')} read: "
    text += f"{say_count(changed, 'row')} changed, {same:,} as they were"
    if update.absent:
        text += f", {update.absent:,} left alone that the document has nothing of"
    return f"{text}."
