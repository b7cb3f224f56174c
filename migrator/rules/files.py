"""Reads the files of the table into rows, and says by file and line what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISREG
from typing import Any

from migrator.rules.fields import RowError
from migrator.rules.operations import Operation, read_operation
from migrator.rules.places import OPERATION, RULE, WHOLE, Places, place_of
from migrator.rules.plain import read_plain
from migrator.rules.rows import (
    Fault,
    Rule,
    RuleError,
    is_checked,
    read_rule,
    shape_of,
)

LARGEST = 16 * 1024 * 1024
"""In bytes; the built-in table is a fiftieth of it."""

_KEYS = frozenset({"area", "checked", RULE, OPERATION})


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One file as read: ``name`` is what people are told, ``document`` what it holds."""

    name: str
    text: str
    document: dict[str, Any]

    @property
    def rows(self) -> list[object]:
        """The rows on vapid operations, whatever they are."""
        rows: list[object] = self.document.get(RULE, [])
        return rows

    @property
    def operations(self) -> list[object]:
        """The rows on Rest operations, whatever they are."""
        rows: list[object] = self.document.get(OPERATION, [])
        return rows

    @property
    def checked(self) -> str | None:
        """When the rows were checked, where they do not say it themselves."""
        return self.document.get("checked")

    def find(self, row: int, key: str | None = None) -> str:
        """Return ``file:line:column`` of a row, or of a field of it."""
        line, column = Places(self.text).find(row, key)
        return f"{self.name}:{line}:{column}"

    def fault(
        self, reason: str, row: int = WHOLE, key: str | None = None, *, rows: str = RULE
    ) -> Fault:
        """Return what is wrong with a row, or with a field of it."""
        return Fault(self.name, *Places(self.text).find(row, key, rows=rows), reason)


def read_text(path: Path, name: str) -> str:
    """Return the text of a file of rows. Raises RuleError."""
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):
            raise RuleError(Fault(name, 1, 1, "is not a regular file"))
        if status.st_size > LARGEST:
            raise RuleError(Fault(name, 1, 1, f"is larger than {LARGEST // 1024**2} MiB"))
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RuleError(Fault(name, 1, 1, f"is not UTF-8: byte at offset {error.start}")) from error
    except OSError as error:
        raise RuleError(Fault(name, 1, 1, f"cannot be read: {error.strerror}")) from error


def parse_file(name: str, text: str) -> RuleFile:
    """Return what a text holds. Raises RuleError where it is no TOML."""
    document = read_plain(text)
    if document is not None:
        return RuleFile(name, text, document)
    import tomllib  # noqa: PLC0415 - for what is more than plain

    try:
        return RuleFile(name, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(Fault(name, *place_of(str(error), text))) from error
    except RecursionError as error:
        raise RuleError(Fault(name, 1, 1, "is nested too deep")) from error


def read_file(path: Path, name: str) -> RuleFile:
    """Return a file of rows. Raises RuleError where it is none; the rows are not looked at."""
    file = parse_file(name, read_text(path, name))
    for key in file.document:
        if key not in _KEYS:
            raise RuleError(file.fault(f"unknown key {key}", key=key))
    for rows in (RULE, OPERATION):
        if not isinstance(file.document.get(rows, []), list):
            raise RuleError(file.fault(f"is not a list of [[{rows}]]"))
    if file.document.keys().isdisjoint({RULE, OPERATION}):
        raise RuleError(file.fault("is not a list of [[rule]]"))
    area, checked = file.document.get("area", ""), file.document.get("checked", "2026-01")
    if not isinstance(area, str):
        raise RuleError(file.fault("area is not a text", key="area"))
    if not isinstance(checked, str) or not is_checked(checked):
        raise RuleError(file.fault(f"checked is {checked!r}", key="checked"))
    return file


def read_rows(file: RuleFile, area: str) -> list[Rule]:
    """Return the rules of a file; ``area`` holds where the file names none. Raises RuleError."""
    rules = []
    area = file.document.get("area", area)
    for number, row in enumerate(file.rows):
        try:
            rules.append(read_rule(row, area, checked=file.checked, file=file.name))
        except RowError as error:
            reason = f"{name_of(row)}{error}"
            raise RuleError(file.fault(reason, number, error.key)) from error
    return rules


def read_operations(file: RuleFile) -> list[Operation]:
    """Return the Rest operations of a file. Raises RuleError."""
    operations = []
    for number, row in enumerate(file.operations):
        try:
            operations.append(read_operation(row, file.name))
        except RowError as error:
            reason = f"{name_of(row)}{error}"
            raise RuleError(file.fault(reason, number, error.key, rows=OPERATION)) from error
    return operations


def name_of(row: object) -> str:
    """Return the id of a row, or its call, with a colon, for a message; nothing without one."""
    if not isinstance(row, dict):
        return ""
    call = " ".join(row[key] for key in ("method", "rest") if isinstance(row.get(key), str))
    name = row.get("id", call if "vapid" not in row else None)
    return f"{name}: " if isinstance(name, str) and name else ""


def add_rows(table: Mapping[str, Rule], file: RuleFile, rules: Iterable[Rule]) -> dict[str, Rule]:
    """Return a table, by id, with the rows of a file in the place of those of the same id.

    A row that replaces another stays in its area, unless the file names one. Raises
    RuleError where a row has an id that stands twice in the file, or the call of another row.
    """
    merged = dict(table)
    numbers: dict[str, int] = {}
    for number, rule in enumerate(rules):
        if rule.id in numbers:
            other = file.find(numbers[rule.id])
            raise RuleError(file.fault(f"{rule.id}: {other} has the same id", number, "id"))
        numbers[rule.id] = number
        old = table.get(rule.id)
        keeps = old is not None and "area" not in file.document
        merged[rule.id] = replace(rule, area=old.area) if old and keeps else rule
    below = {call_of(rule): rule for rule in merged.values() if rule.id not in numbers}
    for name, number in numbers.items():
        double = below.setdefault(call_of(merged[name]), merged[name])
        if double.id != name:
            raise RuleError(file.fault(f"{name}: {say_double(double)}", number, "vapid"))
    return merged


def call_of(rule: Rule) -> tuple[str | None, str]:
    """Return what no two rows of a table may have in common."""
    return rule.method, shape_of(rule.vapid)


def say_double(other: Rule) -> str:
    """Return what is wrong with a row whose method and path are another's."""
    return (
        f"{other.id} in {other.file} has the same method and path; "
        "only a row with its id can replace it"
    )
