"""Finds what calls in the files of a run are spelled by in files that were not given.

A hook names the files of a commit: a call in one of them may be sent through a constant that
stands, unchanged, in another.
"""

# Paths are strings, as in the listing of files.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from migrator.source import Lines, read_listed
from migrator.suppress import suppresses
from migrator.values import SourceFile

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from migrator.discover import Listing
    from migrator.values import Endpoint, Finding, Place, Scan, Stretch

Lone = frozenset[tuple[str, int]]
"""Calls that no finding is about, by path and line."""


def find_lone_calls(scan: Scan, targets: Container[str]) -> Lone:
    """Return the calls in ``targets`` of which none of what spells them is found."""
    known = {
        (call.path, line)
        for finding in (*scan.findings, *scan.suppressed)
        for call in finding.calls
        for line in range(call.first, call.last + 1)
    }
    calls = {(call.path, call.line) for each in scan.endpoints for call in each.calls}
    return frozenset(call for call in calls - known if call[0] in targets)


def add_elsewhere(scan: Scan, lone: Lone, whole: Scan, listing: Listing) -> Scan:
    """Add to a scan what a scan of the whole project found of its lone calls.

    ``listing`` is that of the scan. Such findings have no edits: nobody gave their files. They
    are found as often as in the whole project, for a baseline that counts their calls.
    """

    def seen(path: str) -> str:
        """Return a path of the whole scan as the other would have it."""
        found = os.path.relpath(os.path.join(whole.root, path), scan.root)
        return found.replace(os.sep, "/")

    def move(stretch: Stretch) -> Stretch:
        return replace(stretch, path=seen(stretch.path))

    def place(call: Place) -> Place:
        return replace(call, path=seen(call.path))

    def adopt(finding: Finding) -> Iterator[Finding]:
        path = seen(finding.path)
        calls = tuple(map(move, finding.calls))
        ours = [
            call
            for call in calls
            if any((call.path, line) in lone for line in range(call.first, call.last + 1))
            and not _is_silenced(call, finding.code, listing)
        ]
        if path not in listing.targets and ours:
            message = f"{finding.message}; called in {ours[0].path}:{ours[0].first}"
            yield replace(finding, path=path, message=message, edits=(), calls=calls)

    added = [moved for finding in whole.findings for moved in adopt(finding)]
    names = {name for finding in added for name in finding.endpoints}
    endpoints: dict[str, Endpoint] = {each.name: each for each in scan.endpoints}
    for each in whole.endpoints:
        if each.name in names:
            endpoints[each.name] = replace(each, calls=tuple(map(place, each.calls)))
    return replace(
        scan,
        findings=tuple(sorted((*scan.findings, *added), key=_in_order)),
        endpoints=tuple(endpoints.values()),
    )


def _in_order(finding: Finding) -> tuple[str, int, int, str]:
    return finding.path, finding.line, finding.column, finding.code


def _is_silenced(call: Stretch, code: str, listing: Listing) -> bool:
    """Tell whether a comment silences a call, at its first or its last line."""
    source = read_listed(listing, call.path)
    if not isinstance(source, SourceFile):
        return False
    lines = Lines(source.text)
    return any(suppresses(lines.text(line), code) for line in {call.first, call.last})
