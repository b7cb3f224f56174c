"""The commands that browse the table of endpoints."""

from __future__ import annotations

import difflib
import json
import textwrap
from datetime import date
from typing import Any

import click

from migrator.cli.exits import RefusedError
from migrator.cli.options import help_option
from migrator.cli.output import print_text, say, text_width
from migrator.rules.table import Rule, RuleError, RuleTable, load_rules
from migrator.values import Status

_STATUSES = [status.value for status in Status if status is not Status.UNLISTED]
_LABEL_WIDTH = 14

_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Choose the form of the output",
)


@click.group()
@help_option()
def rules() -> None:
    """Browse the table of endpoints."""


@rules.command("list", short_help="List the vapid endpoints of the table")
@click.option("--status", type=click.Choice(_STATUSES), help="Only rules with this status")
@click.option("--area", metavar="AREA", help="Only rules of this tool area, such as rfis")
@click.option("--grep", "text", metavar="TEXT", help="Only rules that mention this, in any case")
@_format_option
@help_option()
def list_rules(status: str | None, area: str | None, text: str | None, form: str) -> None:
    """List the vapid endpoints that the table knows: id, status, method and path.

    \b
    Examples:
      vapid-to-rest rules list --status moved
      vapid-to-rest rules list --area webhooks --grep hooks
    """
    table = _load()
    areas = sorted({rule.area for rule in table.rules})
    if area is not None and area not in areas:
        raise click.UsageError(f"there is no area {area!r}: {', '.join(areas)}.")
    found = [
        rule
        for rule in table.rules
        if status in {None, rule.status}
        and area in {None, rule.area}
        and (text is None or _mentions(rule, text))
    ]
    if form == "json":
        print_text(_to_json(found))
        return
    print_text(_to_lines(found))
    if not found:
        say("No rule is like that.")


@rules.command("show", short_help="Show everything that is known of an endpoint")
@click.argument("words", nargs=-1, required=True, metavar="ID | [METHOD] PATH")
@_format_option
@help_option()
def show_rules(words: tuple[str, ...], form: str) -> None:
    """Show everything that is known of one endpoint, with the sources.

    Without a method, these are the rules of every method. A placeholder in the path may
    have any name.

    \b
    Examples:
      vapid-to-rest rules show webhooks.hooks.create
      vapid-to-rest rules show POST /vapid/webhooks/hooks
    """
    table = _load()
    query = " ".join(words).strip()
    found = _look_up(table, query)
    if not found:
        raise RefusedError(_explain_unknown(table, query))
    if form == "json":
        print_text(_to_json(found))
    else:
        width = max(text_width(), 3 * _LABEL_WIDTH)
        print_text("\n".join(_to_paragraph(rule, width) for rule in found))


def _load() -> RuleTable:
    try:
        return load_rules()
    except RuleError as error:
        raise RefusedError(f"The table cannot be read: {error}") from error


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


def _mentions(rule: Rule, text: str) -> bool:
    return text.casefold() in json.dumps(_to_record(rule), ensure_ascii=False).casefold()


def _to_record(rule: Rule) -> dict[str, Any]:
    """Return the fields of a rule by the names that its file gives them."""
    return {
        "id": rule.id,
        "area": rule.area,
        "method": rule.method,
        "vapid": rule.vapid,
        "rest": rule.rest,
        "status": rule.status.value,
        "candidates": list(rule.candidates),
        "deprecated": _to_text(rule.deprecated),
        "sunset": _to_text(rule.sunset),
        "successor": rule.successor,
        "successor-basis": rule.successor_basis,
        "note": rule.note,
        "hints": list(rule.hints),
        "sources": list(rule.sources),
        "support-2017": rule.support_2017,
    }


def _to_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _to_json(found: list[Rule]) -> str:
    document = {"rules": [_to_record(rule) for rule in found]}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _to_lines(found: list[Rule]) -> str:
    rows = [
        (rule.id, rule.status.value, rule.method or "-", rule.vapid, _target(rule))
        for rule in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    return "".join(
        "  ".join(
            [*(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)), row[-1]]
        )
        + "\n"
        for row in rows
    )


def _target(rule: Rule) -> str:
    """Return where an operation went, in short, with the end of it where that is known."""
    target = rule.rest or ", ".join(rule.candidates) or "-"
    return f"{target} (sunset {rule.sunset.isoformat()})" if rule.sunset else target


def _to_paragraph(rule: Rule, width: int) -> str:
    """Return the rule's id and, below it, one labelled entry a field that is known."""
    entries: list[tuple[str, str | None]] = [
        ("vapid", rule.name),
        ("rest", f"{rule.method or ''} {rule.rest}".strip() if rule.rest else None),
        ("status", rule.status),
        ("area", rule.area),
        *(("candidate", candidate) for candidate in rule.candidates),
        ("deprecated", _to_text(rule.deprecated)),
        ("sunset", _to_text(rule.sunset)),
        ("successor", f"{rule.successor} ({rule.successor_basis})" if rule.successor else None),
        ("note", rule.note),
        *(("hint", hint) for hint in rule.hints),
        ("sources", ", ".join(rule.sources)),
        ("support 2017", rule.support_2017),
    ]
    lines = [rule.id]
    for label, value in entries:
        if value:
            lines += textwrap.wrap(
                value,
                width,
                initial_indent=f"  {label}".ljust(_LABEL_WIDTH + 2),
                subsequent_indent=" " * (_LABEL_WIDTH + 2),
                break_long_words=False,
                break_on_hyphens=False,
            )
    return "\n".join(lines) + "\n"
