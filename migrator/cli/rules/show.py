"""The command that shows everything about one endpoint."""

from __future__ import annotations

import difflib
import textwrap
from datetime import date

import click

from migrator.cli.exits import RefusedError
from migrator.cli.options import as_of_option, help_option
from migrator.cli.output import print_text, text_width
from migrator.cli.rules.forms import Form, to_json
from migrator.cli.rules.opening import open_rest, open_table
from migrator.cli.rules.restforms import to_operation_record
from migrator.render.clean import inert, visible
from migrator.render.dump import dump_json
from migrator.rules.fields import Ending
from migrator.rules.lifecycle import say_distance
from migrator.rules.operations import Operation
from migrator.rules.rows import Rule
from migrator.rules.standing import status_of
from migrator.rules.table import RuleTable

_LABEL_WIDTH = 14
_ABOUT_HINTS = "(hints only: a reference of 2017 beside one of 2026; Procore confirms none)"


@click.command("show", short_help="Show everything that is known of an endpoint")
@click.argument("words", nargs=-1, required=True, metavar="ID | [METHOD] PATH")
@click.option(
    "--format",
    "form",
    type=click.Choice([Form.TEXT.value, Form.JSON.value]),
    default=Form.TEXT.value,
    show_default=True,
    help="Choose the form of the output",
)
@as_of_option()
@help_option()
def show_rules(words: tuple[str, ...], form: str, today: date) -> None:
    """Show everything that is known of one endpoint, with the sources.

    Without a method, these are the rows of every method. A placeholder in the path may
    have any name. A path of Rest shows the row that leads there, else what is known of it.

    \b
    Examples:
      vapid-to-rest rules show webhooks.hooks.create
      vapid-to-rest rules show POST /vapid/webhooks/hooks
      vapid-to-rest rules show GET /rest/v1.0/webhooks/resources
    """
    query = " ".join(words).strip()
    if _split(query)[1].startswith("/rest/"):
        _show_rest(query, form, today)
        return
    table = open_table()
    found = _look_up(table, query)
    if not found:
        raise RefusedError(_explain_unknown(table, query))
    if form == Form.JSON:
        print_text(to_json(found, today))
    else:
        print_text("\n".join(_to_paragraph(r.id, _list_entries(r, today)) for r in found))


def _show_rest(query: str, form: str, today: date) -> None:
    table = open_rest()
    method, path = _split(query)
    found = table.match(method, path)
    if not found:
        if others := table.match(None, path):
            methods = ", ".join(sorted({each.method for each in others if each.method}))
            raise RefusedError(f"The table knows {path} with {methods} only, not {method}.")
        paths = {each.rest for each in table.operations}
        close = difflib.get_close_matches(path, paths, n=5)
        raise RefusedError(_ask(f"The table does not know {path}.", close))
    rules = {rule.id: rule for rule in table.rules.rules}
    if form == Form.JSON:
        records = [to_operation_record(each, today) for each in found]
        print_text(dump_json({"operations": records}))
        return
    print_text(
        "\n".join(
            _to_paragraph(each.rule, _list_entries(rules[each.rule], today))
            if each.rule is not None
            else _to_paragraph(each.name, _list_operation_entries(each, today))
            for each in found
        )
    )


def _split(query: str) -> tuple[str | None, str]:
    """Return the method, if any, and the path of ``GET /vapid/me``."""
    method, _, path = query.rpartition(" ")
    path = path.partition("?")[0].rstrip("/")
    return method.strip().upper() or None, path


def _look_up(table: RuleTable, query: str) -> list[Rule]:
    if "/" in query:
        return list(table.match(*_split(query)))
    return [rule for rule in table.rules if rule.id == query]


def _explain_unknown(table: RuleTable, query: str) -> str:
    if "/" not in query:
        ids = [rule.id for rule in table.rules]
        below = [name for name in ids if name.startswith(f"{query}.")]
        close = below[:5] or difflib.get_close_matches(query, ids, n=5)
        return _ask(f"No rule has the id {query!r}.", close)
    method, path = _split(query)
    if others := table.match(None, path):
        methods = ", ".join(sorted({rule.method for rule in others if rule.method}))
        return _ask(
            f"The table knows {path} with {methods} only, not {method}.",
            [rule.id for rule in others],
        )
    by_path = {rule.vapid: rule.id for rule in table.rules}
    close = difflib.get_close_matches(path, by_path, n=5)
    return _ask(f"The table does not know {path}.", [by_path[vapid] for vapid in close])


def _ask(message: str, ids: list[str]) -> str:
    return f"{message} Did you mean {', '.join(ids)}?" if ids else message


def _to_paragraph(name: str, entries: list[tuple[str, str | None]]) -> str:
    """Return a row's name and, below it, one labelled entry a field that is known."""
    width = max(text_width(), 3 * _LABEL_WIDTH)
    lines = [inert(visible(name))]
    for label, value in entries:
        if value:
            lines += textwrap.wrap(
                inert(visible(value)),
                width,
                initial_indent=f"  {label}".ljust(_LABEL_WIDTH + 2),
                subsequent_indent=" " * (_LABEL_WIDTH + 2),
                break_long_words=False,
                break_on_hyphens=False,
            )
    return "\n".join(lines) + "\n"


def _list_operation_entries(each: Operation, today: date) -> list[tuple[str, str | None]]:
    return [
        ("status", status_of(each, today)),
        *_list_end(each, today),
        ("note", each.note),
        ("sources", ", ".join(each.sources)),
        ("file", each.file),
    ]


def _list_end(row: Ending, today: date) -> list[tuple[str, str | None]]:
    sunset = None if row.sunset is None else f"{row.sunset} ({say_distance(row.sunset, today)})"
    return [
        ("deprecated", None if row.deprecated is None else f"{row.deprecated}"),
        ("sunset", sunset),
        ("successor", f"{row.successor} ({row.successor_basis})" if row.successor else None),
    ]


def _list_entries(rule: Rule, today: date) -> list[tuple[str, str | None]]:
    return [
        ("vapid", rule.name),
        ("rest", f"{rule.method or ''} {rule.rest}".strip() if rule.rest else None),
        ("status", rule.status),
        ("area", rule.area),
        *(("candidate", candidate) for candidate in rule.candidates),
        ("asks for", ", ".join(rule.asks_for)),
        ("header", _say_header(rule)),
        *_list_end(rule, today),
        ("note", rule.note),
        *(("hint", hint) for hint in rule.hints),
        ("", _ABOUT_HINTS if rule.hints else None),
        *(("parameter", parameter) for parameter in rule.parameters),
        ("sources", ", ".join(rule.sources)),
        ("support 2017", rule.support_2017),
        ("checked", rule.checked),
        ("file", rule.file),
    ]


def _say_header(rule: Rule) -> str | None:
    if rule.header_exempt:
        return "Procore-Company-Id is not needed, but by a service account it is"
    return "Procore-Company-Id" if rule.rest or rule.candidates else None
