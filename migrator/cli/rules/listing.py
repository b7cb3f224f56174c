"""The command that lists rows of the table."""

from __future__ import annotations

import sys
from datetime import date

import click

from migrator.cli.options import as_of_option, help_option
from migrator.cli.output import is_terminal, print_text, say, text_width
from migrator.cli.rules.forms import (
    Form,
    Record,
    to_csv,
    to_json,
    to_lines,
    to_markdown,
    to_record,
    to_stack,
)
from migrator.cli.rules.opening import open_rest, open_table
from migrator.cli.rules.restforms import render_operations, to_operation_record
from migrator.rules.rows import Rule
from migrator.rules.standing import status_of
from migrator.values import RestStatus, Status

_STATUSES = [status.value for status in Status if status is not Status.UNLISTED]
_REST_STATUSES = [status.value for status in RestStatus]


@click.command("list", short_help="List the vapid endpoints of the table")
@click.option("--rest", is_flag=True, help="List the Rest operations that the table knows instead")
@click.option(
    "--status",
    type=click.Choice([*_STATUSES, *_REST_STATUSES]),
    help="Only rows with this status; the last four are those of Rest operations",
)
@click.option("--area", metavar="AREA", help="Only rows of this tool area, such as rfis")
@click.option("--grep", "text", metavar="TEXT", help="Only rows that mention this, in any case")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    default=Form.TEXT.value,
    show_default=True,
    help="Choose the form of the output",
)
@as_of_option()
@help_option()
def list_rules(
    status: str | None, area: str | None, text: str | None, form: str, *, rest: bool, today: date
) -> None:
    """List the vapid endpoints that the table knows: id, status, method, path and target.

    \b
    Examples:
      vapid-to-rest rules list --status moved
      vapid-to-rest rules list --area webhooks --format csv
      vapid-to-rest rules list --rest --status sunset
    """
    if status is not None and status not in (_REST_STATUSES if rest else _STATUSES):
        known = "Rest operations have" if rest else "without --rest, rows have"
        raise click.UsageError(f"{known} no status {status!r}.")
    if rest:
        if area is not None:
            raise click.UsageError("Rest operations have no area: narrow them down by --grep.")
        _list_operations(status, text, Form(form), today)
        return
    table = open_table()
    areas = sorted({rule.area for rule in table.rules})
    if area is not None and area not in areas:
        raise click.UsageError(f"there is no area {area!r}: {', '.join(areas)}.")
    found = [
        rule
        for rule in table.rules
        if status in {None, rule.status}
        and area in {None, rule.area}
        and (text is None or _mentions(to_record(rule, today), text))
    ]
    print_text(_render(found, Form(form), today))
    if not found:
        say("No rule is like that.")


def _list_operations(status: str | None, text: str | None, form: Form, today: date) -> None:
    found = [
        each
        for each in open_rest().operations
        if status in {None, status_of(each, today).value}
        and (text is None or _mentions(to_operation_record(each, today), text))
    ]
    print_text(render_operations(found, form, today))
    if not found:
        say("No Rest operation is like that.")


def _mentions(record: Record, text: str) -> bool:
    wanted = text.casefold()
    for value in record.values():
        for each in value if isinstance(value, list) else [value]:
            if each is not None and wanted in each.casefold():
                return True
    return False


def _render(found: list[Rule], form: Form, today: date) -> str:
    match form:
        case Form.JSON:
            return to_json(found, today)
        case Form.CSV:
            return to_csv(found, today)
        case Form.MARKDOWN:
            return to_markdown(found, today)
        case _:
            lines = to_lines(found, today)
            # One line a row is for programs; on a terminal it must not be broken anywhere.
            if is_terminal(sys.stdout) and max(map(len, lines), default=0) > text_width():
                lines = to_stack(found, today)
            return "".join(f"{line}\n" for line in lines)
