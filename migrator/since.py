"""Tells what a branch changed, line by line, and which findings are of that."""

# Paths are strings, as in the listing of files.
# ruff: noqa: PTH118

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from migrator.errors import MigratorError
from migrator.git import run_git, unfilter
from migrator.values import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from migrator.values import Endpoint, Finding, Place, Scan

_DIFF = (
    *("diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--text"),
    *("--ignore-submodules=dirty", "--submodule=short", "--find-renames", "--full-index"),
    *("--unified=0", "--inter-hunk-context=0", "--raw", "--patch", "-z"),
)
_HUNK = re.compile(rb"@@ -\d+(?:,(?P<old>\d+))? \+(?P<start>\d+)(?:,(?P<new>\d+))? @@")
_FILE = b"diff --git "
_ODD_END = re.compile(rb"\r(?!\n)")
"""What ends a line of a file, and none of git's."""
_RENAMES = ("R", "C")
_SUBMODULE = "160000"

Lines = tuple[tuple[int, int], ...]
"""Runs of lines: the first and the last of each, which start at 1."""


class SinceError(MigratorError):
    """What was changed since a commit cannot be found out; the message says why."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not as it was: ``lines`` by absolute path, None where all of a file is new.

    A folder with None is a submodule that stands at another commit.
    """

    lines: dict[str, Lines | None]

    def touch(self, path: str, first: int, last: int) -> bool:
        """Tell whether a line of a file, from ``first`` to ``last``, was changed."""
        lines = self.lines.get(path, ())
        if lines is None or any(low <= last and first <= high for low, high in lines):
            return True
        return any(
            path.startswith(f"{folder}/") for folder, found in self.lines.items() if found is None
        )


def read_changes(folder: Path, base: str) -> Changes:
    """Return what the work tree around a folder has that its merge base with ``base`` has not.

    Files that git neither tracks nor ignores count as new. Raises SinceError, and GitError
    where there is no git.
    """
    if base.startswith("-"):
        raise SinceError(f"{base!r} is no branch, tag or commit: it begins with a hyphen")
    answer = run_git(str(folder), "rev-parse", "--show-toplevel")
    if b"safe.directory" in answer.stderr:  # in every language of git's
        raise SinceError(
            f"git does not trust the repository of {folder}, which another user owns, as in a "
            "container: add it to safe.directory with `git config --global`"
        )
    if answer.returncode:
        raise SinceError(f"{folder} is not in the work tree of a git repository")
    top = os.fsdecode(answer.stdout.removesuffix(b"\n"))
    start = _find_start(top, base)
    diff = _ask(top, *_DIFF, start, "--", settings=unfilter(top))
    others = _ask(top, "ls-files", "-z", "--others", "--exclude-standard", "--full-name")
    if diff is None or others is None:
        raise SinceError(f"git cannot compare {top} with {base!r}")
    found = dict(_read_diff(diff))
    found |= dict.fromkeys(os.fsdecode(others).split("\0")[:-1])
    return Changes(
        {
            path: None if lines and _has_odd_ends(path) else lines
            for path, lines in (
                (os.path.join(top, each.rstrip("/")), found[each]) for each in found
            )
        }
    )


def keep_changed(scan: Scan, changes: Changes) -> Scan:
    """Return a scan with what stands on changed lines, or is called from one, and no more."""

    @cache
    def real(path: str) -> str:
        return os.path.realpath(os.path.join(scan.root, path))

    def touches(finding: Finding) -> bool:
        own = Stretch(finding.path, finding.line, finding.end_line)
        lines = (own, *finding.calls)
        return any(changes.touch(real(each.path), each.first, each.last) for each in lines)

    def is_changed(place: Place) -> bool:
        return changes.touch(real(place.path), place.line, place.line)

    findings = tuple(finding for finding in scan.findings if touches(finding))
    names = {name for finding in findings for name in finding.endpoints}
    kept = {
        (call.path, line)
        for finding in findings
        for call in finding.calls
        for line in range(call.first, call.last + 1)
    }

    def narrow(endpoint: Endpoint) -> Endpoint | None:
        """Leave out calls that neither changed nor are those of a finding."""
        named = endpoint.name in names
        calls = tuple(
            call
            for call in endpoint.calls
            if is_changed(call) or (named and (call.path, call.line) in kept)
        )
        return replace(endpoint, calls=calls) if calls else None

    rest = scan.rest and tuple(
        replace(call, calls=calls)
        for call in scan.rest
        if (calls := tuple(filter(is_changed, call.calls)))
    )
    return replace(
        scan,
        findings=findings,
        endpoints=tuple(each for each in map(narrow, scan.endpoints) if each is not None),
        problems=tuple(
            each for each in scan.problems if changes.lines.get(real(each.path), ()) != ()
        ),
        rest=rest,
    )


def _has_odd_ends(path: str) -> bool:
    """Tell a file of which git counts other lines, so that all of it is taken for new."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return _ODD_END.search(file.read()) is not None
    except OSError:
        return False  # the scan says so


def _ask(
    folder: str | Path, *arguments: str, settings: Sequence[tuple[str, str]] = ()
) -> bytes | None:
    """Return what git prints, None where it refuses."""
    result = run_git(str(folder), *arguments, settings=settings)
    return None if result.returncode else result.stdout


def _find_start(top: str, base: str) -> str:
    """Return the commit at which the branch left ``base``."""
    if _ask(top, "rev-parse", "--verify", "--quiet", "HEAD") is None:
        raise SinceError(f"{top} has no commit yet: there is nothing to compare with")
    commit = _ask(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    is_shallow = _ask(top, "rev-parse", "--is-shallow-repository") == b"true\n"
    if commit is None:
        more = ", or beyond what a shallow clone has: fetch it" if is_shallow else ""
        raise SinceError(f"{base!r} is no branch, tag or commit of {top}{more}")
    start = _ask(top, "merge-base", commit.decode().strip(), "HEAD")
    if start is not None:
        return start.decode().strip()
    if is_shallow:
        raise SinceError(
            f"where the branch left {base!r} is beyond what this shallow clone has: "
            "fetch more of it, as with `git fetch --unshallow`"
        )
    raise SinceError(f"{base!r} and the current branch have no commit in common")


def _read_diff(diff: bytes) -> Iterator[tuple[str, Lines | None]]:
    """Yield the files of a diff, each with the lines that are new in it.

    The names come first, each of them ended by NUL, then as many patches in the same order:
    the names in those are quoted, and could be taken for something else.
    """
    rows, _, patch = diff.partition(b"\0\0") if diff.startswith(b":") else (b"", b"", diff)
    files = list(_read_rows(os.fsdecode(rows).split("\0")))
    hunks = list(_read_patch(patch.split(b"\n")))
    # A link that became a file, or the other way round, has two patches: one goes, one comes.
    patches = [1 + (status == "T") for status, *_ in files]
    # An unmerged file has no patch that would fit.
    in_step = len(hunks) == sum(patches) and not any(status == "U" for status, *_ in files)
    for (status, mode, name), end in zip(files, accumulate(patches), strict=True):
        if mode == _SUBMODULE or not in_step:
            yield name, None
        elif status != "D":
            yield name, hunks[end - 1]


def _read_rows(fields: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield status, mode and path from ``:100644 100644 1234 5678 M``, path, and so on."""
    pending = iter(fields)
    for row in pending:
        if not row.startswith(":"):
            continue
        _, mode, _, _, status = row.split(" ")
        name = next(pending)
        yield status[0], mode, next(pending) if status[0] in _RENAMES else name


def _read_patch(lines: Sequence[bytes]) -> Iterator[Lines]:
    """Yield the new lines of each file: what stands in a hunk is counted, never read."""
    found: list[tuple[int, int]] | None = None
    number = 0
    while number < len(lines):
        line = lines[number]
        hunk = _HUNK.match(line)
        if line.startswith(_FILE):
            if found is not None:
                yield tuple(found)
            found = []
        elif hunk is not None and found is not None:
            start, new = int(hunk["start"]), int(hunk["new"] or 1)
            if new:
                found.append((start, start + new - 1))
            number += new + int(hunk["old"] or 1)
        number += 1
    if found is not None:
        yield tuple(found)
