"""Renders findings as JUnit's XML, which most CI servers show as failed tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.etree import ElementTree as ET

from migrator.codes import load_codes, say_where
from migrator.render.clean import clean, inert, visible
from migrator.render.excerpt import clean_start, cut_excerpt
from migrator.render.totals import group_by_file
from migrator.values import Finding, Outcome, Problem, Scan

NAME = "vapid-to-rest"
_LONG = 1_000
_WIDTH = 160


def render_junit(scan: Scan, _outcomes: Iterable[Outcome] = (), /, *, today: date) -> str:
    """Return one suite a file and one case a finding; a problem is an error.

    Without any there is one case, which passes. Every character is one that XML allows.
    """
    tests = max(len(scan.findings) + len(scan.problems), 1)
    root = ET.Element(
        "testsuites",
        name=NAME,
        tests=str(tests),
        failures=str(len(scan.findings)),
        errors=str(len(scan.problems)),
        time="0",
    )
    found = dict(group_by_file(scan.findings))
    problems: dict[str, list[Problem]] = {}
    for problem in scan.problems:
        problems.setdefault(problem.path, []).append(problem)
    for path in sorted({*found, *problems}):
        _add_file(root, path, found.get(path, []), problems.get(path, []), today)
    if not found and not problems:
        suite = _add_suite(root, NAME, 0, 0, today)
        ET.SubElement(suite, "testcase", classname=NAME, name="nothing to move", time="0")
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _add_file(
    root: ET.Element, path: str, findings: list[Finding], problems: list[Problem], today: date
) -> None:
    name = inert(visible(path))
    suite = _add_suite(root, name, len(findings), len(problems), today)
    for finding in findings:
        place = f"{finding.line}:{finding.column}"
        case = _add_case(suite, name, finding.line, f"{finding.code} {place}")
        message = _say(finding.message)
        failure = ET.SubElement(case, "failure", message=message, type=finding.code)
        failure.text = inert(_describe(finding, f"{name}:{place}: {message}"))
    for problem in problems:
        line = max(problem.line, 1)
        case = _add_case(suite, name, line, f"{problem.code} {line}:1")
        message = _say(problem.message)
        ET.SubElement(case, "error", message=message, type=problem.code).text = message


def _add_suite(root: ET.Element, name: str, failures: int, errors: int, today: date) -> ET.Element:
    return ET.SubElement(
        root,
        "testsuite",
        name=name,
        tests=str(max(failures + errors, 1)),
        failures=str(failures),
        errors=str(errors),
        skipped="0",
        time="0",
        timestamp=f"{today.isoformat()}T00:00:00",
    )


def _add_case(suite: ET.Element, path: str, line: int, name: str) -> ET.Element:
    return ET.SubElement(
        suite, "testcase", classname=path, name=name, file=path, line=str(line), time="0"
    )


def _describe(finding: Finding, head: str) -> str:
    lines = [head]
    if finding.source_line:
        lines.append(f"  {cut_excerpt(finding, width=_WIDTH).line.strip()}")
    lines += (f"  {clean(name)}" for name in finding.endpoints)
    lines += (f"  {clean(note)}" for note in finding.notes)
    if finding.code in load_codes():
        lines.append(f"  {say_where(finding.code)}")
    return "\n".join(lines)


def _say(message: str) -> str:
    return inert(clean_start(message, _LONG))
