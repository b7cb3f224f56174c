"""Counts what a scan found, and says it in words: the same in every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from migrator.values import Finding, RestCall, RestStatus, Safety, Scan, Status

PROSE = "prose"

REST_MEANS = {
    RestStatus.SUNSET: "out of service since its sunset",
    RestStatus.DEPRECATED: "to go out of service",
    RestStatus.UNKNOWN: "the table does not have the method and path",
    RestStatus.CURRENT: "nothing is known of an end",
}

STATUS_MEANS = {
    Status.DIRECT: "Rest v1.0 has it under the same path",
    Status.UNVERIFIED: "Rest v1.0 should have it under the same path; no documentation confirms it",
    Status.MOVED: "Rest has it under another path or method",
    Status.NEWER_ONLY: "Rest has it in a version after v1.0 only",
    Status.MISSING: "no equivalent in Rest is known",
    Status.UNLISTED: "not in the table; the path follows the general rule",
}


@dataclass(frozen=True, slots=True)
class Totals:
    """The numbers of one scan; prose counts as manual, and also on its own."""

    findings: int
    files: int
    safe: int
    unsafe: int
    manual: int
    prose: int
    calls: int
    endpoints: int
    problems: int
    by_status: tuple[tuple[Status, int], ...]
    """The statuses that occur, in the order of their definition."""


def count(scan: Scan) -> Totals:
    """Return the totals of a scan."""
    safety = Counter(finding.safety for finding in scan.findings)
    status = Counter(endpoint.status for endpoint in scan.endpoints)
    return Totals(
        findings=len(scan.findings),
        files=len({finding.path for finding in scan.findings}),
        safe=safety[Safety.SAFE],
        unsafe=safety[Safety.UNSAFE],
        manual=safety[Safety.MANUAL],
        prose=sum(is_prose(finding) for finding in scan.findings),
        calls=scan.calls,
        endpoints=len(scan.endpoints),
        problems=len(scan.problems),
        by_status=tuple((each, status[each]) for each in Status if status[each]),
    )


def describe(totals: Totals) -> str:
    """Return one line: ``3 findings in 1 file: 2 safe, 1 manual · 4 calls of 2 endpoints``."""
    found = f"{say_count(totals.findings, 'finding')} in {say_count(totals.files, 'file')}"
    kinds = ", ".join(
        f"{number} {safety}"
        for safety, number in (
            (Safety.SAFE, totals.safe),
            (Safety.UNSAFE, totals.unsafe),
            (Safety.MANUAL, totals.manual),
        )
        if number
    )
    parts = [f"{found}: {kinds}" if kinds else found]
    parts.append(f"{say_count(totals.calls, 'call')} of {say_count(totals.endpoints, 'endpoint')}")
    if totals.problems:
        parts.append(say_count(totals.problems, "problem"))
    return " · ".join(parts)


def list_rest(calls: Iterable[RestCall]) -> tuple[RestCall, ...]:
    """Return the Rest calls that a person should look at: all but those that stand."""
    return tuple(call for call in calls if call.status is not RestStatus.CURRENT)


def say_standing(scan: Scan) -> str:
    """Return ``12 other Rest calls stand.``: how many call sites there are nothing to say of."""
    if not scan.rest and not scan.standing.places:
        return "No Rest call was found."
    number = count_standing(scan)
    if not number:
        return "No other Rest call was found."
    other = "other Rest call" if list_rest(scan.rest or ()) else "Rest call"
    return f"{say_count(number, other)} {'stands' if number == 1 else 'stand'}."


def count_standing(scan: Scan) -> int:
    """Return at how many places a Rest call stands that there is nothing to say of."""
    calls = scan.rest or ()
    places = {place for call in calls for place in call.calls}
    listed = {place for call in list_rest(calls) for place in call.calls}
    return len(places - listed) + scan.standing.places


def say_count(number: int, noun: str) -> str:
    """Return ``1 file``, ``2 files``, ``1,000 files``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def is_prose(finding: Finding) -> bool:
    """Tell a mention in a comment or docstring from code."""
    return finding.kind == PROSE


def group_by_file(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Return the findings of each path, in order; prose stands among the others."""
    ordered = sorted(findings, key=lambda each: (each.path, each.line, each.column, each.code))
    return [(path, list(group)) for path, group in groupby(ordered, key=lambda each: each.path)]
