"""Renders a scan as JSON: schema 1, the format that other programs read.

``scan.schema.json`` among the report templates describes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from migrator import __version__
from migrator.render.clean import mask_secrets
from migrator.render.dump import dump_json
from migrator.render.identity import identify
from migrator.render.totals import count, count_standing, list_rest
from migrator.values import (
    Endpoint,
    Finding,
    Outcome,
    Outlook,
    Place,
    Problem,
    Progress,
    RestCall,
    RestStatus,
    Scan,
)

SCHEMA = 1


def render_json(scan: Scan, _outcomes: Iterable[Outcome] = (), /, *, today: date) -> str:
    """Return schema 1; secrets in messages are masked."""
    document = {
        "schema": SCHEMA,
        "version": __version__,
        "root": scan.root,
        "date": today.isoformat(),
        "summary": _summarise(scan),
        "endpoints": _list_endpoints(scan),
        "findings": [
            _list_finding(finding, name)
            for finding, name in zip(scan.findings, identify(scan.findings), strict=True)
        ],
        "problems": [_list_problem(problem) for problem in scan.problems],
    }
    if scan.rest is not None:
        document["rest"] = [_list_rest_call(call) for call in list_rest(scan.rest)]
    if scan.progress is not None:
        document["progress"] = _list_progress(scan.progress)
    return dump_json(document)


def _list_progress(progress: Progress) -> dict[str, Any]:
    return {
        "earlier": [
            {
                "name": mask_secrets(each.name),
                "date": each.day.isoformat() if each.day else None,
                "findings": each.findings,
                "calls": each.calls,
                "done": each.done,
                "new": each.new,
                "left": each.left,
            }
            for each in progress.earlier
        ],
        "points": [
            {"date": day.isoformat() if day else None, "findings": number}
            for day, number in progress.points
        ],
    }


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
        statuses[RestStatus.CURRENT] += scan.standing.calls
        summary["rest_by_status"] = {
            status.value: statuses[status] for status in RestStatus if statuses[status]
        }
        summary["rest_standing"] = count_standing(scan)
    return summary


def _list_rest_call(call: RestCall) -> dict[str, Any]:
    return {
        "method": call.method and mask_secrets(call.method),
        "path": mask_secrets(call.path),
        "status": call.status.value,
        "rule": call.rule,
        "notes": [mask_secrets(note) for note in call.notes],
        "calls": [_list_place(place) for place in call.calls],
        **_list_outlook(call.outlook),
    }


def _list_endpoint(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "method": endpoint.method and mask_secrets(endpoint.method),
        "vapid": mask_secrets(endpoint.vapid),
        "rest": mask_secrets(endpoint.rest),
        "status": endpoint.status.value,
        "rule": endpoint.rule,
        "notes": [mask_secrets(note) for note in endpoint.notes],
        "calls": [_list_place(place) for place in endpoint.calls],
        **_list_outlook(endpoint.outlook),
        **({"hints": [mask_secrets(each) for each in endpoint.hints]} if endpoint.hints else {}),
    }


def _list_outlook(outlook: Outlook) -> dict[str, Any]:
    """Return what is known of the end of an operation: nothing, for most."""
    fields: dict[str, Any] = {}
    if outlook.deprecated is not None:
        fields["deprecated"] = outlook.deprecated.isoformat()
    if outlook.sunset is not None:
        fields["sunset"] = outlook.sunset.isoformat()
    if outlook.successors:
        fields["successors"] = [
            {"name": mask_secrets(each.name), "basis": each.basis.value}
            for each in outlook.successors
        ]
    return fields


def _list_endpoints(scan: Scan) -> list[dict[str, Any]]:
    """Return the endpoints, each with what a live API said of it, where it was asked."""
    rows = [_list_endpoint(endpoint) for endpoint in scan.endpoints]
    verified = {(each.method, each.vapid): each for each in scan.verified or ()}
    for endpoint, row in zip(scan.endpoints, rows, strict=True):
        if found := verified.get((endpoint.method, endpoint.vapid)):
            row["verified"] = {
                "verdict": found.verdict.value,
                "status": found.status,
                "detail": mask_secrets(found.detail),
            }
    return rows


def _list_place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _list_finding(finding: Finding, name: str) -> dict[str, Any]:
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
        "endpoints": [mask_secrets(each) for each in finding.endpoints],
        "fingerprint": name,
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
