"""Compares what a scan says of a program with what the program does."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from laws.programs import Program
from laws.running import Sent, run
from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.rewriting import migrate_files
from migrator.values import Changed, Endpoint, Fix, Safety, Scan

TODAY = date(2026, 11, 23)
ID, SEGMENT = r"\d+", "[^/]+"
"""What a placeholder may stand for: a number where all values are known."""

_NAMESPACED = re.compile(r"https://api\.procore\.com(/vapid/[^?#]*)")


@dataclass(frozen=True, slots=True)
class Tried:
    """What a program sent, what a scan says of it, and what it sent once rewritten."""

    sent: frozenset[Sent]
    found: Scan
    after: frozenset[Sent]

    @property
    def ours(self) -> list[Sent]:
        """The requests under the namespace."""
        return sorted(each for each in self.sent if _NAMESPACED.fullmatch(each[1]))


def try_out(program: Program) -> Tried:
    """Run a program, scan it, rewrite it and run it again."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for path, text in program.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        sent = run(folder)
        found = scan_paths(["."], Settings(), today=TODAY, cwd=folder)
        for outcome in migrate_files(found, frozenset({Fix.NAMESPACE})):
            if isinstance(outcome, Changed):
                (folder / outcome.before.path).write_bytes(outcome.after)
        return Tried(sent, found, run(folder))


def _stands_for(endpoint: Endpoint, request: Sent, hole: str) -> bool:
    method, url = request
    path = _NAMESPACED.fullmatch(url)
    template = hole.join(map(re.escape, re.split(r"\{\w*\}", endpoint.vapid)))
    return (
        path is not None
        and endpoint.method in {None, method}
        and re.fullmatch(template, path[1].rstrip("/")) is not None
    )


def missed(tried: Tried, hole: str) -> list[Sent]:
    """Return the requests that no endpoint stands for."""
    return [
        request
        for request in tried.ours
        if not any(_stands_for(each, request, hole) for each in tried.found.endpoints)
    ]


def invented(tried: Tried) -> list[str]:
    """Return the endpoints that no request was sent to."""
    return [
        each.name
        for each in tried.found.endpoints
        if not any(_stands_for(each, request, ID) for request in tried.ours)
    ]


def admits(tried: Tried) -> bool:
    """Tell whether a finding says that something could not be followed."""
    return any(
        each.code == "VAP002" or each.safety is Safety.MANUAL or "not known" in each.message
        for each in tried.found.findings
    )


def left_behind(tried: Tried) -> list[Sent]:
    """Return what the rewritten program sends and should not, or the other way round."""
    moved = {(method, url.replace("/vapid/", "/rest/v1.0/", 1)) for method, url in tried.sent}
    return sorted(moved ^ tried.after)
