"""Compares a scan with earlier ones: what is done since, what is new, and what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from migrator.render.identity import identify
from migrator.saved import Saved
from migrator.values import Earlier, Finding, Progress, Scan

_Key = tuple[object, ...]


def compare(scan: Scan, earlier: Iterable[tuple[str, Saved]], *, today: date) -> Scan:
    """Return the scan with its progress since earlier ones, each given with its name.

    A finding is the same one where its path, code and line are, wherever the line stands.
    """
    rows = sorted(
        (_compare(scan.findings, name, saved) for name, saved in earlier),
        key=lambda each: (each.day or date.min, each.name),
    )
    points = (*((each.day, each.findings) for each in rows), (today, len(scan.findings)))
    return replace(scan, progress=Progress(tuple(rows), points))


def _compare(findings: Sequence[Finding], name: str, saved: Saved) -> Earlier:
    old = saved.scan.findings
    known = all(each.fingerprint for each in old)
    before, now = (Counter(_list_keys(each, by_line=known)) for each in (old, findings))
    return Earlier(
        name=name,
        day=saved.day,
        findings=len(old),
        calls=saved.scan.calls,
        done=(before - now).total(),
        new=(now - before).total(),
        left=(before & now).total(),
    )


def _list_keys(findings: Sequence[Finding], *, by_line: bool) -> list[_Key]:
    """Return what findings are known by; where the lines are not, by what is said of them."""
    if by_line:
        return [(name,) for name in identify(findings)]
    return [(each.path, each.code, each.message, each.endpoints) for each in findings]
