"""Reads a scan back from the JSON that a run has written, without its sources."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from migrator.errors import MigratorError
from migrator.render.identity import digest_line
from migrator.source import Lines, read_source
from migrator.values import (
    Basis,
    Checked,
    Endpoint,
    Finding,
    Fix,
    Outlook,
    Place,
    Problem,
    RestCall,
    RestStatus,
    Safety,
    Scan,
    SourceFile,
    Standing,
    Status,
    Successor,
    Verdict,
)

if TYPE_CHECKING:
    from pathlib import Path

_SCHEMA = 1
_LARGEST = 200_000_000
_MOST = 10**9
"""No scan counts as much of anything, and no file has as many lines."""

_CODE = re.compile(r"VAP[0-9]{3}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}:[1-9][0-9]*")
_Word = TypeVar("_Word", bound=StrEnum)
_MISSING = object()


class SavedError(MigratorError):
    """A file is not a scan that this version can read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A scan as a file has it; ``day`` is None where the file is of a version that kept none.

    Its findings have no source lines and no edits.
    """

    scan: Scan
    day: date | None


def read_saved(file: Path) -> Saved:
    """Read the file that ``scan --format json`` wrote. Raises SavedError."""
    document = _load(file)
    try:
        return _build(_Row(document, ""))
    except _ShapeError as error:
        raise SavedError(f"{file}: is not a scan that this version can read: {error}") from error


def read_verified(file: Path) -> tuple[Checked, ...]:
    """Read the file that ``verify --format json`` wrote. Raises SavedError."""
    document = _load(file)
    try:
        return _build_verified(_Row(document, ""))
    except _ShapeError as error:
        reason = f"is not what verify --format json writes: {error}"
        raise SavedError(f"{file}: {reason}") from error


def _load(file: Path) -> object:
    try:
        with file.open("rb") as stream:
            # A device, such as /dev/zero, has no size and no end.
            is_larger = os.fstat(stream.fileno()).st_size > _LARGEST
            data = b"" if is_larger else stream.read(_LARGEST + 1)
        if is_larger or len(data) > _LARGEST:
            raise SavedError(f"{file}: is larger than {_LARGEST // 10**6} MB")
        return json.loads(data)
    except OSError as error:
        raise SavedError(f"{file}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise SavedError(f"{file}: is not JSON, or only a part of it: {error}") from error


def attach_lines(scan: Scan, base: Path) -> Scan:
    """Return the scan with the source lines that still are what they were.

    A line counts where the finding's fingerprint is still that of it. Only files below
    ``base`` are looked at.
    """
    texts: dict[str, Lines | None] = {}
    findings = []
    for finding in scan.findings:
        if finding.path not in texts:
            texts[finding.path] = _open(base, finding.path)
        findings.append(_attach(finding, texts[finding.path]))
    return replace(scan, findings=tuple(findings))


def _open(base: Path, path: str) -> Lines | None:
    if os.path.isabs(path) or ".." in path.split("/") or "\0" in path:  # noqa: PTH117 - a string
        return None
    try:
        source = read_source(base, path)
    except ValueError:  # no system has a file or a folder of such a name
        return None
    return Lines(source.text) if isinstance(source, SourceFile) else None


def _attach(finding: Finding, lines: Lines | None) -> Finding:
    if lines is None or not finding.fingerprint:
        return finding
    try:
        line = lines.text(finding.line)
    except ValueError:
        return finding
    digest = finding.fingerprint.partition(":")[0]
    is_same = digest_line(finding.path, finding.code, line) == digest
    above = lines.above(finding.line)
    return replace(finding, source_line=line, above=above) if is_same else finding


# The shape of the document


class _ShapeError(Exception):
    """Something is not where it belongs."""


class _Row:
    """An object of the document, which knows where it stands in it."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise _ShapeError(f"{where or 'the whole'} is not an object")
        self._fields = value
        self._where = where

    def name(self, key: str) -> str:
        return f"{self._where}.{key}".lstrip(".")

    def take(self, key: str, kind: type, default: object = _MISSING) -> Any:
        value = self._fields.get(key, default)
        if value is _MISSING:
            raise _ShapeError(f"{self.name(key)} is missing")
        # A truth value is a number to Python.
        is_kind = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        if value is not default and not is_kind:
            raise _ShapeError(f"{self.name(key)} is not what it should be")
        return value

    def optional(self, key: str, kind: type) -> Any:
        return None if self._fields.get(key) is None else self.take(key, kind)

    def position(self, key: str) -> int:
        value: int = self.take(key, int)
        if value < 1:
            raise _ShapeError(f"{self.name(key)} is less than 1")
        if value > _MOST:
            raise _ShapeError(f"{self.name(key)} is more than {_MOST:,}")
        return value

    def count(self, key: str, default: object = _MISSING) -> int:
        value: int = self.take(key, int, default)
        if value < 0:
            raise _ShapeError(f"{self.name(key)} is less than 0")
        if value > _MOST:
            raise _ShapeError(f"{self.name(key)} is more than {_MOST:,}")
        return value

    def spelled(self, key: str, form: re.Pattern[str], example: str) -> str:
        """Return a text of a fixed form."""
        text: str = self.take(key, str)
        if not form.fullmatch(text):
            raise _ShapeError(f"{self.name(key)} is not such as {example}")
        return text

    def code(self) -> str:
        return self.spelled("code", _CODE, "VAP001")

    def word(self, key: str, words: type[_Word]) -> _Word:
        text = self.take(key, str)
        try:
            return words(text)
        except ValueError as error:
            raise _ShapeError(f"{self.name(key)} is none of {', '.join(words)}") from error

    def day(self, key: str) -> date | None:
        text = self.optional(key, str)
        if text is None:
            return None
        try:
            # The day of a week, which Python reads as well, is not of the schema.
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise _ShapeError(f"{self.name(key)} is not a day such as 2026-01-31")

    def rows(self, key: str, default: object = _MISSING) -> list[_Row]:
        values = self.take(key, list, default)
        return [_Row(each, f"{self.name(key)}[{n}]") for n, each in enumerate(values)]

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.take(key, list, [])
        if not all(isinstance(each, str) for each in values):
            raise _ShapeError(f"{self.name(key)} is not a list of texts")
        return tuple(values)


def _build(row: _Row) -> Saved:
    if row.take("schema", int) != _SCHEMA:
        raise _ShapeError(f"schema is not {_SCHEMA}")
    summary = _Row(row.take("summary", dict), "summary")
    rest = row.optional("rest", list)
    counts = _Row(summary.take("rest_by_status", dict, {}), "summary.rest_by_status")
    current = counts.count(RestStatus.CURRENT.value, 0)
    scan = Scan(
        root=row.take("root", str),
        files_seen=summary.count("files_seen"),
        files_parsed=summary.count("files_parsed"),
        endpoints=tuple(map(_endpoint, row.rows("endpoints"))),
        findings=tuple(map(_finding, row.rows("findings"))),
        problems=tuple(map(_problem, row.rows("problems"))),
        rest=None if rest is None else tuple(map(_rest, row.rows("rest"))),
        standing=Standing(current, max(summary.count("rest_standing", current), current)),
    )
    return Saved(scan, row.day("date"))


def _build_verified(row: _Row) -> tuple[Checked, ...]:
    if row.take("schema", int) != _SCHEMA:
        raise _ShapeError(f"schema is not {_SCHEMA}")
    return tuple(map(_checked, row.rows("verified")))


def _endpoint(row: _Row) -> Endpoint:
    return Endpoint(
        method=row.optional("method", str),
        vapid=row.take("vapid", str),
        rest=row.take("rest", str),
        status=row.word("status", Status),
        rule=row.optional("rule", str),
        notes=row.texts("notes"),
        calls=tuple(map(_place, row.rows("calls"))),
        outlook=_outlook(row),
        hints=row.texts("hints"),
    )


def _outlook(row: _Row) -> Outlook:
    return Outlook(
        deprecated=row.day("deprecated"),
        sunset=row.day("sunset"),
        successors=tuple(
            Successor(each.take("name", str), each.word("basis", Basis))
            for each in row.rows("successors", [])
        ),
    )


def _checked(row: _Row) -> Checked:
    return Checked(
        method=row.optional("method", str),
        vapid=row.take("vapid", str),
        rest=row.take("rest", str),
        verdict=row.word("verdict", Verdict),
        detail=row.take("detail", str),
        asked=row.optional("asked", str),
        status=row.optional("status", int),
    )


def _rest(row: _Row) -> RestCall:
    return RestCall(
        method=row.optional("method", str),
        path=row.take("path", str),
        status=row.word("status", RestStatus),
        rule=row.optional("rule", str),
        notes=row.texts("notes"),
        calls=tuple(map(_place, row.rows("calls"))),
        outlook=_outlook(row),
    )


def _place(row: _Row) -> Place:
    return Place(row.take("path", str), row.position("line"), row.position("column"))


def _finding(row: _Row) -> Finding:
    return Finding(
        path=row.take("path", str),
        line=row.position("line"),
        column=row.position("column"),
        end_line=row.position("end_line"),
        end_column=row.position("end_column"),
        code=row.code(),
        message=row.take("message", str),
        safety=row.word("safety", Safety),
        source_line="",
        fix=None if row.optional("fix", str) is None else row.word("fix", Fix),
        kind=row.optional("kind", str),
        endpoints=row.texts("endpoints"),
        notes=row.texts("notes"),
        fingerprint=_fingerprint(row),
    )


def _fingerprint(row: _Row) -> str:
    """Return what a finding is called; nothing where the file is of a version without."""
    if row.optional("fingerprint", str) is None:
        return ""
    return row.spelled("fingerprint", _FINGERPRINT, "0123456789abcdef:1")


def _problem(row: _Row) -> Problem:
    return Problem(
        row.take("path", str),
        row.position("line"),
        row.code(),
        row.take("message", str),
    )
