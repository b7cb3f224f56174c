"""Renders a scan as JSON: schema 1, the format that other programs read.

``scan.schema.json`` among the report templates describes it.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from migrator import __version__
from migrator.render.clean import is_hidden, mask_secrets
from migrator.render.totals import count, list_rest
from migrator.values import Endpoint, Finding, Place, Problem, RestCall, RestStatus, Scan

SCHEMA = 1


def render_json(scan: Scan) -> str:
    """Return schema 1 with a newline at the end.

    Hidden characters, lone surrogates among them, are JSON escapes: the text is valid UTF-8,
    harmless on a terminal, and a reader gets the very value. Secrets in messages are masked.
    """
    document = {
        "schema": SCHEMA,
        "version": __version__,
        "root": scan.root,
        "summary": _summarise(scan),
        "endpoints": [_list_endpoint(endpoint) for endpoint in scan.endpoints],
        "findings": [_list_finding(finding) for finding in scan.findings],
        "problems": [_list_problem(problem) for problem in scan.problems],
    }
    if scan.rest is not None:
        document["rest"] = [_list_rest_call(call) for call in list_rest(scan.rest)]
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return "".join(f"{_escape(line)}\n" for line in text.split("\n"))


def _summarise(scan: Scan) -> dict[str, Any]:
    totals = count(scan)
    summary: dict[str, Any] = {
        "files_seen": scan.files_seen,
        "files_parsed": scan.files_parsed,
        "findings": totals.findings,
        "calls": totals.calls,
        "endpoints": totals.endpoints,
        "by_status": {status.value: number for status, number in totals.by_status},
    }
    if scan.rest is not None:
        statuses = Counter(call.status for call in scan.rest)
        summary["rest_by_status"] = {
            status.value: statuses[status] for status in RestStatus if statuses[status]
        }
    return summary


def _list_rest_call(call: RestCall) -> dict[str, Any]:
    return {
        "method": call.method,
        "path": mask_secrets(call.path),
        "status": call.status.value,
        "rule": call.rule,
        "notes": [mask_secrets(note) for note in call.notes],
        "calls": [_list_place(place) for place in call.calls],
    }


def _list_endpoint(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "method": endpoint.method,
        "vapid": mask_secrets(endpoint.vapid),
        "rest": mask_secrets(endpoint.rest),
        "status": endpoint.status.value,
        "rule": endpoint.rule,
        "notes": [mask_secrets(note) for note in endpoint.notes],
        "calls": [_list_place(place) for place in endpoint.calls],
    }


def _list_place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _list_finding(finding: Finding) -> dict[str, Any]:
    row: dict[str, Any] = {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "code": finding.code,
        "message": mask_secrets(finding.message),
        "fix": finding.fix.value if finding.fix else None,
        "safety": finding.safety.value,
        "endpoints": [mask_secrets(name) for name in finding.endpoints],
    }
    if finding.notes:
        row["notes"] = [mask_secrets(note) for note in finding.notes]
    if finding.kind is not None:
        row["kind"] = finding.kind
    return row


def _list_problem(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.path,
        "line": max(problem.line, 1),
        "code": problem.code,
        "message": mask_secrets(problem.message),
    }


def _escape(line: str) -> str:
    line = line.replace("##[", "#\\u0023[").replace("##vso", "#\\u0023vso")
    if line.isascii() and line.isprintable():
        return line
    return "".join(_escape_char(char) if is_hidden(char) else char for char in line)


def _escape_char(char: str) -> str:
    """Return the JSON escape: two of them, a surrogate pair, beyond the basic plane."""
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
