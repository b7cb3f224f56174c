"""Renders findings as SARIF 2.1.0, which code scanning reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from migrator import __version__
from migrator.codes import (
    Explanation,
    Level,
    find_help,
    level_of,
    load_codes,
    render_page,
    render_plain,
)
from migrator.render.clean import clean, mask_secrets, visible
from migrator.render.dump import dump_json
from migrator.render.excerpt import clean_start
from migrator.render.identity import identify, identify_problems
from migrator.render.regions import Regions
from migrator.values import Edit, Finding, Outcome, Problem, Safety, Scan

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MOST = 25_000
"""Results of one run; GitHub refuses a file with more."""

_BASE = "%SRCROOT%"
_LONG = 1_000
_SEVERITIES = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "recommendation"}


def render_sarif(scan: Scan, _outcomes: Iterable[Outcome] = (), /, *, today: date) -> str:  # noqa: ARG001 - one signature for every format
    """Return a log of one run; columns count code units of UTF-16.

    Findings that a comment silences are in it, as suppressed. What is more than GitHub takes
    is left out, and a notification says so.
    """
    rules = {code: number for number, code in enumerate(load_codes())}
    results, notices = cut_results(_list_results(scan, rules))
    run = {
        "tool": {"driver": _describe_tool()},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder that was scanned."}}},
        "automationDetails": {"id": "vapid-to-rest/"},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notices}],
        "results": results,
    }
    return dump_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def cut_results(results: list[Any]) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return as many results as GitHub takes, and notifications of how many are left out."""
    if len(results) <= MOST:
        return results, []
    text = f"{len(results) - MOST:,} of {len(results):,} results are left out"
    return results[:MOST], [{"level": "warning", "message": {"text": text}}]


def _describe_tool() -> dict[str, Any]:
    return {
        "name": "vapid-to-rest",
        "semanticVersion": __version__,
        "version": __version__,
        "rules": [_describe_rule(each) for each in load_codes().values()],
    }


def _describe_rule(each: Explanation) -> dict[str, Any]:
    return {
        "id": each.code,
        "name": each.name,
        "shortDescription": {"text": f"{each.title}.".replace("`", "")},
        "fullDescription": {"text": f"{each.what} {each.why}".replace("`", "")},
        "help": {"text": render_plain(each), "markdown": render_page(each)},
        "helpUri": find_help(each),
        "defaultConfiguration": {"level": each.level.value},
        "properties": {
            "tags": ["procore", "migration"],
            "precision": "very-high" if each.level is Level.ERROR else "high",
            "problem.severity": _SEVERITIES[each.level],
        },
    }


def _list_results(scan: Scan, rules: Mapping[str, int]) -> list[dict[str, Any]]:
    regions = Regions(scan.sources)
    findings = (*scan.findings, *scan.suppressed)
    results = [
        _result(finding, name, rules, regions, is_suppressed=number >= len(scan.findings))
        for number, (finding, name) in enumerate(zip(findings, identify(findings), strict=True))
    ]
    names = identify_problems(scan.problems)
    return results + [
        _result_of_problem(problem, name, rules)
        for problem, name in zip(scan.problems, names, strict=True)
    ]


def _result(
    finding: Finding,
    fingerprint: str,
    rules: Mapping[str, int],
    regions: Regions,
    *,
    is_suppressed: bool,
) -> dict[str, Any]:
    result = _begin(finding.code, finding.message, fingerprint, rules)
    result["locations"] = [_locate(finding.path, regions.of_finding(finding))]
    if finding.safety is Safety.MANUAL and result["level"] == Level.ERROR.value:
        result["level"] = Level.WARNING.value
    notes = [clean(note) for note in finding.notes]
    result["properties"] = {
        "safety": finding.safety.value,
        "endpoints": [clean(name) for name in finding.endpoints],
        **({"notes": notes} if notes else {}),
    }
    fix = _describe_fix(finding, regions)
    if fix is not None:
        result["fixes"] = [fix]
    if is_suppressed:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted"}]
    return result


def _result_of_problem(
    problem: Problem, fingerprint: str, rules: Mapping[str, int]
) -> dict[str, Any]:
    result = _begin(problem.code, problem.message, fingerprint, rules)
    result["locations"] = [_locate(problem.path, {"startLine": max(problem.line, 1)})]
    return result


def _begin(code: str, message: str, fingerprint: str, rules: Mapping[str, int]) -> dict[str, Any]:
    place = {"ruleIndex": rules[code]} if code in rules else {}
    return {
        "ruleId": code,
        **place,
        "level": level_of(code).value,
        "message": {"text": _say(message)},
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }


def _locate(path: str, region: Mapping[str, int]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": dict(region)}}


def _artifact(path: str) -> dict[str, str]:
    # Every sign but the slash: a colon in the first part would make a scheme of it.
    return {"uri": quote(path, safe="/", errors="surrogatepass"), "uriBaseId": _BASE}


def _describe_fix(finding: Finding, regions: Regions) -> dict[str, Any] | None:
    """Return the edits as replacements; None where there are none, or one has a secret in it."""
    edits = finding.edits if finding.fix is not None else ()
    if not edits or any(mask_secrets(edit.new) != edit.new for edit in edits):
        return None
    grouped: dict[str, list[Edit]] = {}
    for edit in sorted(edits, key=lambda edit: edit.span):
        grouped.setdefault(edit.span.path, []).append(edit)
    if not all(regions.has(path) for path in grouped):
        return None
    return {
        "description": {"text": f"{finding.safety.value}: {finding.fix}"},
        "artifactChanges": [
            {"artifactLocation": _artifact(path), "replacements": _replace(own, regions)}
            for path, own in grouped.items()
        ],
    }


def _replace(edits: Sequence[Edit], regions: Regions) -> list[dict[str, Any]]:
    return [
        {"deletedRegion": regions.of_span(edit.span), "insertedContent": {"text": edit.new}}
        for edit in edits
    ]


def _say(message: str) -> str:
    """Return a message that shows as it is: two signs in a row would make a link of it."""
    return visible(clean_start(message, _LONG)).replace("](", "] (")
