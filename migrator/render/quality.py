"""Renders findings as GitLab's Code Quality report, which a merge request shows at its lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from migrator.codes import Level, level_of, load_codes, render_plain, say_where
from migrator.render.clean import clean, visible
from migrator.render.dump import dump_json
from migrator.render.excerpt import shorten
from migrator.render.identity import identify, identify_problems
from migrator.values import Outcome, Scan

_LONG = 1_000
_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor", Level.NOTE: "info"}


def render_quality(scan: Scan, _outcomes: Iterable[Outcome] = (), /, *, today: date) -> str:  # noqa: ARG001 - one signature for every format
    """Return a list of issues; fingerprints are unique, and stay while lines move."""
    issues = [
        _issue(each.code, each.path, each.message, (each.line, each.end_line), name)
        for each, name in zip(scan.findings, identify(scan.findings), strict=True)
    ]
    issues += [
        _issue(each.code, each.path, each.message, (max(each.line, 1),) * 2, name)
        for each, name in zip(scan.problems, identify_problems(scan.problems), strict=True)
    ]
    return dump_json(issues)


def _issue(
    code: str, path: str, message: str, lines: tuple[int, int], fingerprint: str
) -> dict[str, Any]:
    known = load_codes().get(code)
    body = f"{render_plain(known)} {say_where(code)}" if known else ""
    return {
        "check_name": code,
        "type": "issue",
        "description": shorten(clean(message), _LONG),
        "content": {"body": body},
        "categories": ["Compatibility"],
        "severity": _SEVERITIES[level_of(code)],
        "fingerprint": fingerprint,
        "location": {
            "path": visible(path),
            "lines": {"begin": lines[0], "end": max(lines)},
        },
    }
