"""Keeps a list of the findings that a project knows of, so that only new ones count.

The file is JSON Lines: a head, then one entry a line, sorted, so that a diff shows what was done
and two branches can be merged. An entry holds no line number: code above it may come and go.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from migrator.documents import BASELINE
from migrator.errors import MigratorError
from migrator.render.clean import clean, mask_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from migrator.values import Finding, Scan

_VERSION = 1
_CONFLICT = ("<<<<<<< ", "||||||| ", "=======", ">>>>>>> ")
_HOLE = re.compile(r"\{[^{}]*\}")
"""A placeholder, which is named after a variable: that may be called otherwise one day."""

_LONGEST = 200
_EXCERPT = 120
"""Characters that are kept of a line that is longer: it may be a minified file."""


class BaselineError(MigratorError):
    """A baseline is not there, or damaged; the message names the file and the line."""


class Entry(NamedTuple):
    """What a finding is known by: ``line`` is the text of its line, ``endpoint`` may be empty.

    ``path`` is relative to the folder of the baseline.
    """

    path: str
    code: str
    endpoint: str
    line: str


Baseline = dict[Entry, int]
"""How many calls, or where none are known how many places, there are of each."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A scan held against a baseline: ``new`` findings, and what has become less, by how much.

    ``known`` is the number of findings that the baseline has; ``now`` is a baseline with
    all findings of the scan.
    """

    new: tuple[Finding, ...]
    known: int
    done: Baseline
    now: Baseline


def read_baseline(file: Path) -> Baseline:
    """Read a baseline. Raises BaselineError."""
    try:
        if file.exists() and not file.is_file():
            raise BaselineError(f"{file}: is no file")  # a pipe, or a device, may never end
        lines = file.read_bytes().decode("utf-8-sig").rstrip("\n").split("\n")
    except FileNotFoundError as error:
        raise BaselineError(f"{file}: there is no such file: --write-baseline makes it") from error
    except OSError as error:
        raise BaselineError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BaselineError(f"{file}: is no baseline: it is not UTF-8") from error
    if _parse(lines[0]) != _HEAD:
        raise BaselineError(
            f"{file}:1: is no baseline that this version can read: its first line is not "
            f"{_spell(_HEAD)}"
        )
    found: Baseline = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.startswith(_CONFLICT):
            raise BaselineError(f"{file}:{number}: a merge conflict is left in it: resolve it")
        if line.strip():
            entry, count = _read_entry(_parse(line), f"{file}:{number}")
            # A merge may have left two of one kind.
            found[entry] = max(count, found.get(entry, 0))
    return found


def write_baseline(baseline: Mapping[Entry, int]) -> str:
    """Return the text of a baseline: the same for the same entries."""
    rows = [
        {**entry._asdict(), **({"count": count} if count > 1 else {})}
        for entry, count in sorted(baseline.items())
    ]
    return "".join(f"{_spell(row)}\n" for row in (_HEAD, *rows))


def compare(
    scan: Scan,
    baseline: Mapping[Entry, int],
    *,
    rename: Callable[[str], str],
    is_gone: Callable[[str], bool],
) -> Comparison:
    """Hold the findings of a scan against a baseline.

    ``rename`` gives a path of the scan as the baseline has it. A file of the baseline that
    ``is_gone`` may have been renamed: its entries count for the same lines in another file.
    """
    left = dict(baseline)
    moved: dict[tuple[str, str, str], list[Entry]] = {}
    gone = {path: is_gone(path) for path in {entry.path for entry in baseline}}
    for entry in sorted(baseline):
        if gone[entry.path]:
            moved.setdefault(entry[1:], []).append(entry)
    new: list[Finding] = []
    now: Counter[Entry] = Counter()
    for finding, counts in zip(scan.findings, _count(scan, rename), strict=True):
        now.update(counts)
        surplus = [
            entry.endpoint
            for entry, count in counts.items()
            if not _take(left, (entry, *moved.get(entry[1:], ())), count)
        ]
        if surplus:
            new.append(_say_new(finding, surplus if len(surplus) < len(counts) else ()))
    done = {entry: count for entry, count in left.items() if count}
    return Comparison(tuple(new), len(scan.findings) - len(new), done, dict(now))


def _take(left: Baseline, entries: Iterable[Entry], count: int) -> bool:
    """Take calls from the first entry that has any, and tell whether it has enough."""
    for entry in entries:
        if left.get(entry):
            enough = left[entry] >= count
            left[entry] = max(left[entry] - count, 0)
            return enough
    return False


def _say_new(finding: Finding, endpoints: Sequence[str]) -> Finding:
    """Name the endpoints that are new, where not all are."""
    if not endpoints:
        return finding
    message = f"{finding.message}; not in the baseline: {', '.join(endpoints)}"
    return replace(finding, message=message)


def _count(scan: Scan, rename: Callable[[str], str]) -> Iterator[dict[Entry, int]]:
    """Yield for each finding its entries, with how many calls of an endpoint it gets to."""
    calls = {each.name: each.calls for each in scan.endpoints}
    for finding in scan.findings:
        lines = {
            (call.path, line) for call in finding.calls for line in range(call.first, call.last + 1)
        }
        path, text = rename(finding.path), _shorten(finding.source_line)
        counts: Counter[Entry] = Counter()
        for name in finding.endpoints or ("",):
            number = sum((call.path, call.line) in lines for call in calls.get(name, ()))
            entry = Entry(path, finding.code, _HOLE.sub("{}", clean(name)), text)
            counts[entry] += max(number, 1)
        yield dict(counts)


@lru_cache(maxsize=64)
def _shorten(line: str) -> str:
    """Return what a line is known by: without secrets, and whatever its indentation."""
    text = " ".join(line.split())
    if len(text) <= _LONGEST:
        return clean(text)
    # Masked, so that nobody can find a password by trying which one gives these digits.
    digest = hashlib.sha256(mask_secrets(text).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{clean(text[:_EXCERPT])}… {digest[:16]}"


# Lines of the file

_HEAD = {BASELINE: _VERSION}


def _spell(row: Mapping[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _parse(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _read_entry(row: object, where: str) -> tuple[Entry, int]:
    if isinstance(row, dict):
        texts = [text for name in Entry._fields if isinstance(text := row.get(name), str)]
        count = row.get("count", 1)
        if (
            len(texts) == len(Entry._fields)
            and type(count) is int
            and count > 0
            and row.keys() <= {*Entry._fields, "count"}
        ):
            return Entry(*texts), count
    raise BaselineError(
        f"{where}: is not an entry of a baseline: correct it, or delete the line and use "
        "--write-baseline"
    )
