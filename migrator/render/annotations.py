"""Renders findings as workflow commands, which GitHub Actions shows at the lines of a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from migrator.codes import Level, level_of, load_codes
from migrator.render.clean import clean, inert, visible
from migrator.render.excerpt import shorten
from migrator.values import Finding, Outcome, Problem, Scan

_LONG = 1_000
_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render_annotations(scan: Scan, _outcomes: Iterable[Outcome] = (), /, *, today: date) -> str:  # noqa: ARG001 - one signature for every format
    """Return one command a line; the analysed code can neither end one nor begin another."""
    return "".join(
        [_annotate(finding) for finding in scan.findings]
        + [_annotate_problem(problem) for problem in scan.problems]
    )


def _annotate(finding: Finding) -> str:
    place: dict[str, str | int] = {
        "file": finding.path,
        "line": finding.line,
        "endLine": finding.end_line,
        "col": finding.column,
        "endColumn": finding.end_column,
    }
    if finding.end_line != finding.line:
        # Columns count within one line only.
        del place["col"], place["endColumn"]
    return _command(finding.code, place, finding.message)


def _annotate_problem(problem: Problem) -> str:
    place: dict[str, str | int] = {"file": problem.path, "line": max(problem.line, 1)}
    return _command(problem.code, place, problem.message)


def _command(code: str, place: Mapping[str, str | int], message: str) -> str:
    known = load_codes().get(code)
    title = f"{code} {known.name}" if known else code
    parts = [f"{name}={_escape(visible(str(each)))}" for name, each in place.items()]
    head = ",".join([*parts, f"title={_escape(title)}"])
    text = _escape_message(inert(shorten(clean(message), _LONG)))
    return f"::{_COMMANDS[level_of(code)]} {inert(head)}::{text}\n"


def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")
