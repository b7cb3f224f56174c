"""Spells rows of the table as text, JSON, CSV and Markdown.

Rows can be a user's own: what could drive a terminal, or be run by a spreadsheet, is
spelled out.
"""

from __future__ import annotations

import csv
from datetime import date
from enum import StrEnum
from io import StringIO

from migrator.render.clean import inert, visible
from migrator.render.dump import dump_json
from migrator.render.markdown import escape_code, escape_text
from migrator.rules.fields import Ending
from migrator.rules.lifecycle import lifecycle_of, say_distance
from migrator.rules.rows import Rule
from migrator.values import Status

Record = dict[str, str | list[str] | None]


class Form(StrEnum):
    """The forms of ``rules list --format``."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the start of something to be worked out."""


def to_record(rule: Rule, today: date) -> Record:
    """Return all that is known of a row, by the names that its file gives the fields."""
    return {
        "id": rule.id,
        "area": rule.area,
        "method": rule.method,
        "vapid": rule.vapid,
        "rest": rule.rest,
        "status": rule.status.value,
        "candidates": list(rule.candidates),
        "asks-for": list(rule.asks_for),
        "company-header": "exempt" if rule.header_exempt else "required",
        "lifecycle": lifecycle_of(rule, today).value,
        "deprecated": _to_text(rule.deprecated),
        "sunset": _to_text(rule.sunset),
        "successor": rule.successor,
        "successor-basis": rule.successor_basis,
        "note": rule.note,
        "hints": list(rule.hints),
        "parameters": list(rule.parameters),
        "sources": list(rule.sources),
        "support-2017": rule.support_2017,
        "checked": rule.checked,
        "file": rule.file,
    }


def _to_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def to_json(found: list[Rule], today: date) -> str:
    """Return one document, harmless to print."""
    return dump_json({"rules": [to_record(rule, today) for rule in found]})


def to_csv(found: list[Rule], today: date) -> str:
    """Return a table as RFC 4180 has it, with the names of the fields above.

    Items of a list are parted by a semicolon. A cell that a spreadsheet would work out
    begins with an apostrophe.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for rule in found:
        writer.writerow([to_cell(value) for value in to_record(rule, today).values()])
    return out.getvalue()


def to_cell(value: str | list[str] | None) -> str:
    """Return a value as one cell of a spreadsheet, as said above."""
    text = inert(visible("; ".join(value) if isinstance(value, list) else value or ""))
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_markdown(found: list[Rule], today: date) -> str:
    """Return a table of GitHub's Markdown: one line a row, without what only ``show`` tells."""
    lines = ["| id | status | method | vapid | Rest |", "| --- | --- | --- | --- | --- |"]
    for rule in found:
        targets = " or ".join(escape_code(visible(each)) for each in _targets(rule))
        end = escape_text(visible(say_end(rule, today)))
        cells = [
            escape_code(visible(rule.id)),
            rule.status.value,
            rule.method or "",
            escape_code(visible(rule.vapid)),
            f"{targets}{end}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def to_lines(found: list[Rule], today: date) -> list[str]:
    """Return a line for each row, in columns."""
    rows = [
        (rule.id, rule.status.value, rule.method or "-", rule.vapid, _target(rule, today))
        for rule in found
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    return [
        "  ".join(
            [
                *(cell.ljust(width) for cell, width in zip(row, widths, strict=False)),
                visible(row[-1]),
            ]
        )
        for row in rows
    ]


def to_stack(found: list[Rule], today: date) -> list[str]:
    """Return three lines for each row, for a terminal that is narrower than the columns."""
    lines = []
    for rule in found:
        lines += [
            f"{rule.id}  {rule.status.value}",
            f"  {rule.method or '-':6} {rule.vapid}",
            f"  {'':6} {visible(_target(rule, today))}",
        ]
    return lines


def _targets(rule: Rule) -> list[str]:
    return [rule.rest] if rule.rest else list(rule.candidates)


def _target(rule: Rule, today: date) -> str:
    """Return where an operation went, in short, with the end of it where that is known."""
    return (", ".join(_targets(rule)) or "-") + say_end(rule, today)


def say_end(rule: Ending, today: date) -> str:
    """Return a few words on the end of an operation; nothing where none is known."""
    if rule.sunset:
        return f" (sunset {rule.sunset}, {say_distance(rule.sunset, today)})"
    return " (deprecated)" if rule.deprecated else ""


_COLUMNS = list(to_record(Rule("", "", None, "", None, status=Status.DIRECT), date.min))
