"""Spells Rest operations of the table as text, JSON, CSV and Markdown."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from migrator.cli.rules.forms import Form, Record, say_end, to_cell
from migrator.render.clean import visible
from migrator.render.dump import dump_json
from migrator.render.markdown import escape_code, escape_text
from migrator.rules.lifecycle import lifecycle_of
from migrator.rules.operations import Operation, list_operation_fields
from migrator.rules.standing import status_of


def to_operation_record(operation: Operation, today: date) -> Record:
    """Return all that is known of an operation, by the names that its file gives the fields."""
    fields = list_operation_fields(operation)
    return {
        "method": fields.pop("method"),
        "rest": fields.pop("rest"),
        "status": status_of(operation, today).value,
        "lifecycle": lifecycle_of(operation, today).value,
        **fields,
        "rule": operation.rule,
        "file": operation.file,
    }


def render_operations(found: list[Operation], form: Form, today: date) -> str:
    """Return the operations in a form; ``rule`` is the id of the row that leads to one."""
    match form:
        case Form.JSON:
            records = [to_operation_record(each, today) for each in found]
            return dump_json({"operations": records})
        case Form.CSV:
            return _to_csv(found, today)
        case Form.MARKDOWN:
            return _to_markdown(found, today)
        case _:
            return "".join(
                f"{status_of(each, today).value:10}  {each.method or '-':6}  "
                f"{visible(each.rest + say_end(each, today))}\n"
                for each in found
            )


def _to_csv(found: list[Operation], today: date) -> str:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(to_operation_record(Operation(None, ""), today))
    for each in found:
        writer.writerow([to_cell(value) for value in to_operation_record(each, today).values()])
    return out.getvalue()


def _to_markdown(found: list[Operation], today: date) -> str:
    lines = ["| status | method | Rest |", "| --- | --- | --- |"]
    for each in found:
        path = f"{escape_code(visible(each.rest))}{escape_text(visible(say_end(each, today)))}"
        lines.append(f"| {status_of(each, today).value} | {each.method or ''} | {path} |")
    return "\n".join(lines)
