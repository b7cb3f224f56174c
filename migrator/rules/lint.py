"""Checks files of the table, row by row and as a whole, and says where each fault stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from migrator.rules.fields import RowError
from migrator.rules.files import RuleFile, call_of, name_of, parse_file, read_text, say_double
from migrator.rules.operations import Operation, read_operation
from migrator.rules.places import OPERATION, RULE, WHOLE, Places
from migrator.rules.rows import (
    METHODS,
    Fault,
    Rule,
    RuleError,
    list_targets,
    read_rule,
    shape_of,
)
from migrator.rules.schema import find_violations, load_schema

_V1_CALL = re.compile(r"([A-Z]+) /rest/v1\.0(/\S+)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows were looked at, and what is wrong with them, by place."""

    rows: int
    faults: tuple[Fault, ...]


_Kind = TypeVar("_Kind", Rule, Operation)


@dataclass(frozen=True, slots=True)
class _Row(Generic[_Kind]):
    """A row that is good by itself, and where it stands."""

    rule: _Kind
    number: int
    places: Places

    def _find(self, key: str | None = None) -> tuple[int, int]:
        rows = RULE if isinstance(self.rule, Rule) else OPERATION
        return self.places.find(self.number, key, rows=rows)

    def fault(self, key: str, reason: str) -> Fault:
        line, column = self._find(key)
        name = self.rule.id if isinstance(self.rule, Rule) else self.rule.name
        return Fault(self.rule.file, line, column, f"{name}: {reason}")

    @property
    def at(self) -> str:
        line, column = self._find()
        return f"{self.rule.file}:{line}:{column}"


def lint_table(files: Mapping[Path, str]) -> Verdict:
    """Check the files of a whole table; each path comes with the name that people are told.

    It must have rows of every area that the schema names, in files that are called so, and
    in files that are called after a version the Rest operations that no row leads to.
    """
    rows, operations, faults = _lint_files(files)
    found = {row.rule.area for row in rows}
    for path, name in files.items():
        areas = {row.rule.area for row in rows if row.rule.file == name}
        if areas - {path.stem}:
            faults.append(Fault(name, 1, 1, f"is not named after its area, {areas.pop()}"))
        versions = {row.rule.version for row in operations if row.rule.file == name}
        if versions - {path.stem}:
            other = min(versions - {path.stem})
            faults.append(Fault(name, 1, 1, f"is not named after its version, {other}"))
    for area in load_schema()["$defs"]["area"]["enum"]:
        if area not in found:
            faults.append(Fault(f"{area}.toml", 1, 1, f"no row of the area {area}"))
    faults += [*_lint_doubles(rows), *_lint_chains(rows, [row.rule for row in rows])]
    faults += _lint_operations(operations, [row.rule for row in rows])
    return Verdict(len(rows) + len(operations), tuple(sorted(set(faults))))


def lint_own(files: Mapping[Path, str], table: Iterable[Rule]) -> Verdict:
    """Check files of a user's own, whose rows stand over those of a table, by their ids.

    A row of a later file stands over those of the earlier ones, too.
    """
    below = {rule.id: rule for rule in table}
    count = 0
    faults: list[Fault] = []
    for path, name in files.items():
        rows, operations, wrong = _lint_files({path: name})
        own = {row.rule.id: row.rule for row in rows}
        calls = {call_of(rule): rule for rule in below.values() if rule.id not in own}
        for row in rows:
            if other := calls.get(call_of(row.rule)):
                wrong.append(row.fault("vapid", say_double(other)))
        below |= own
        count += len(rows) + len(operations)
        faults += [*wrong, *_lint_doubles(rows), *_lint_chains(rows, below.values())]
        faults += _lint_operations(operations, own.values())
    return Verdict(count, tuple(sorted(set(faults))))


def _lint_files(
    files: Mapping[Path, str],
) -> tuple[list[_Row[Rule]], list[_Row[Operation]], list[Fault]]:
    """Return the rows that are good by themselves, and the faults of the others."""
    rows: list[_Row[Rule]] = []
    operations: list[_Row[Operation]] = []
    faults: list[Fault] = []
    for path, name in files.items():
        try:
            file = parse_file(name, read_text(path, name))
        except RuleError as error:
            faults.append(error.fault)
            continue
        places = Places(file.text)
        blamed, wrong = _lint_schema(file, places)
        good, odd = _lint_rows(file, path.stem, places, blamed)
        known, strange = _lint_operation_rows(file, places, blamed)
        rows += good
        operations += known
        faults += [*wrong, *odd, *strange, *_lint_order(good)]
    return rows, operations, faults


def _lint_schema(file: RuleFile, places: Places) -> tuple[set[tuple[str, int]], list[Fault]]:
    """Return the lists and numbers of the rows that the schema blames, and what it says."""
    blamed: set[tuple[str, int]] = set()
    faults = []
    for path, reason in find_violations(file.document, load_schema()):
        match path:
            case (("rule" | "operation") as rows, int(row), *rest):
                key = str(rest[0]) if rest else None
                item = rest[1] if len(rest) > 1 and isinstance(rest[1], int) else None
                blamed.add((rows, row))
                place = places.find(row, key, item, rows=rows)
                lead = name_of(file.document[rows][row])
                said = reason if reason.startswith("unknown key") or not key else f"{key} {reason}"
                faults.append(Fault(file.name, *place, lead + said))
            case (str(key), *_):
                said = reason if reason.startswith("unknown key") else f"{key} {reason}"
                faults.append(Fault(file.name, *places.find(WHOLE, key), said))
            case _:
                faults.append(Fault(file.name, 1, 1, reason))
    return blamed, faults


def _lint_rows(
    file: RuleFile, area: str, places: Places, blamed: set[tuple[str, int]]
) -> tuple[list[_Row[Rule]], list[Fault]]:
    """Return the rows that hold together, and what is wrong with those that do not.

    A row that the schema blames is passed over: it was told what is wrong with it.
    """
    rows: list[_Row[Rule]] = []
    faults: list[Fault] = []
    listed = file.document.get(RULE)
    named = file.document.get("area")
    for number, row in enumerate(listed if isinstance(listed, list) else []):
        if (RULE, number) in blamed:
            continue
        try:
            rule = read_rule(row, named if isinstance(named, str) else area, file=file.name)
        except RowError as error:
            place = places.find(number, error.key)
            faults.append(Fault(file.name, *place, f"{name_of(row)}{error}"))
        else:
            rows.append(_Row(rule, number, places))
    return rows, faults


def _lint_operation_rows(
    file: RuleFile, places: Places, blamed: set[tuple[str, int]]
) -> tuple[list[_Row[Operation]], list[Fault]]:
    """Return the Rest operations that hold together, and what is wrong with the others."""
    rows: list[_Row[Operation]] = []
    faults: list[Fault] = []
    listed = file.document.get(OPERATION)
    for number, row in enumerate(listed if isinstance(listed, list) else []):
        if (OPERATION, number) in blamed:
            continue
        try:
            rows.append(_Row(read_operation(row, file.name), number, places))
        except RowError as error:
            place = places.find(number, error.key, rows=OPERATION)
            faults.append(Fault(file.name, *place, f"{name_of(row)}{error}"))
    return rows, faults


def _lint_operations(rows: list[_Row[Operation]], rules: Iterable[Rule]) -> list[Fault]:
    """Return the operations that another row has, or leads to, or that stand out of order."""
    targets = {(rule.method, shape_of(rule.rest)): rule for rule in rules if rule.rest}
    calls: dict[tuple[str | None, str], _Row[Operation]] = {}
    faults = []
    for before, row in zip([None, *rows], rows, strict=False):
        call = row.rule.method, shape_of(row.rule.rest)
        first = calls.setdefault(call, row)
        if first is not row:
            faults.append(row.fault("rest", f"{first.at} has the same method and path"))
        if rule := targets.get(call):
            faults.append(row.fault("rest", f"{rule.id} in {rule.file} leads there: it says all"))
        if before and before.rule.file == row.rule.file and _order(row) < _order(before):
            reason = f"is not sorted by path and method: belongs before {before.rule.name}"
            faults.append(row.fault("rest", reason))
    return faults


def _order(row: _Row[Operation]) -> tuple[str, int]:
    return row.rule.rest, METHODS.index(row.rule.method)


def _lint_order(rows: list[_Row[Rule]]) -> list[Fault]:
    """Return the rows of one file that should stand before their forerunner."""
    keys = [(row.rule.vapid, METHODS.index(row.rule.method)) for row in rows]
    return [
        row.fault("vapid", f"is not sorted by path and method: belongs before {before.rule.name}")
        for before, row, first, second in zip(rows, rows[1:], keys, keys[1:], strict=False)
        if second < first
    ]


def _lint_doubles(rows: list[_Row[Rule]]) -> list[Fault]:
    """Return the rows whose id, or whose method and path, an earlier one has."""
    ids: dict[str, _Row[Rule]] = {}
    calls: dict[tuple[str | None, str], _Row[Rule]] = {}
    faults = []
    for row in rows:
        first = ids.setdefault(row.rule.id, row)
        if first is not row:
            faults.append(row.fault("id", f"{first.at} has the same id"))
        double = calls.setdefault(call_of(row.rule), row)
        if double is not row and double is not first:
            reason = f"{double.at}: {double.rule.id} has the same method and path"
            faults.append(row.fault("vapid", reason))
    return faults


def _lint_chains(rows: list[_Row[Rule]], table: Iterable[Rule]) -> list[Fault]:
    """Return the rows that lead to where another row says that there is nothing."""
    calls = {call_of(rule): rule for rule in table}
    faults = []
    for row in rows:
        for key, target in list_targets(row.rule):
            match = _V1_CALL.search(target)
            other = calls.get((match[1], shape_of(f"/vapid{match[2]}"))) if match else None
            if other is not None and other.rest is None:
                reason = f"{target} is itself {other.status}: see {other.id} in {other.file}"
                faults.append(row.fault(key, reason))
    return faults
