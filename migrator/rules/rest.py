"""Finds what the table knows of a call under the Rest namespace.

The operations that rules lead to are known from the rules; all others stand in files of
their own, ``rest/*.toml``, of which only the places of the rows are read up front: they are
thousands, and a run asks for a few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from migrator.resources import data_folder
from migrator.rules.fields import RowError
from migrator.rules.files import (
    RuleFile,
    name_of,
    parse_file,
    read_file,
    read_operations,
    read_text,
)
from migrator.rules.operations import Operation, read_operation
from migrator.rules.paths import Node
from migrator.rules.places import OPERATION
from migrator.rules.rows import Rule, RuleError, shape_of
from migrator.rules.table import RuleTable, load_rules, shorten
from migrator.values import Status

_ROW = re.compile(
    r'^\[\[operation\]\]\n(?:method = "(?P<method>[A-Z]+)"\n)?rest = "(?P<rest>[^"\\\n]+)"\n',
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class _Pending:
    """A row of a file that is yet to be read: its number, and where its text stands."""

    file: RuleFile
    number: int
    start: int
    end: int
    method: str | None
    rest: str


_Row = Operation | _Pending
"""Both have a ``method`` and a path, ``rest``."""


class RestTable:
    """All Rest operations that the table knows, by their paths.

    ``rules`` is the table of the vapid rows, which say where their operations went.
    """

    def __init__(self, rules: RuleTable, rows: Iterable[_Row]) -> None:
        self.rules = rules
        self._rows = tuple(rows)
        self._root: Node[_Row] = Node()
        for row in self._rows:
            self._root.add(row.rest, row)

    def match(self, method: str | None, path: str) -> tuple[Operation, ...]:
        """Return the operations of the most specific path that matches.

        With a method, they are those of that method, else those that know no method. Without
        one they are those of every method; those that know none only where they are alone.
        Raises ``RuleError`` where a row that is asked for is none.
        """
        found: list[_Row] = []
        for node in self._root.find(path):
            named = [row for row in node.rows if row.method is not None]
            exact = named if method is None else [row for row in named if row.method == method]
            found += exact or [row for row in node.rows if row.method is None]
        return tuple(map(_read, found))

    def count_words(self, path: str) -> int:
        """Return how many words behind the version an operation's whole path shares with it.

        0 where no operation has the path. Each literal of the operation must be spelled; a
        vapid row of the same path counts, too.
        """
        counts = [
            sum(word != "{}" for word in words[2:])
            for node, words in self._root.spelled(path)
            if node.rows
        ]
        vapid = to_vapid(path)
        if vapid is not None and self.rules.knows_row(vapid):
            counts.append(sum(not word.startswith("{") for word in vapid.split("/")[2:]))
        return max(counts, default=0)

    def spells_segment(self, path: str, number: int) -> bool:
        """Tell whether a row that matches the whole path has this segment as a literal.

        Segments count from 0, which is ``rest``.
        """
        return self._root.spells_segment(path, number)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All operations, in order of path and method. Reads every row: for lists, not scans."""
        return tuple(
            sorted(map(_read, self._rows), key=lambda each: (each.rest, each.method or ""))
        )


def to_vapid(path: str) -> str | None:
    """Return ``/vapid/me`` of ``/rest/v1.0/me``; None of what is of another version."""
    rest = path.removeprefix("/rest/v1.0/")
    return None if rest == path else f"/vapid/{rest}"


def load_rest(own: tuple[Path, ...] = ()) -> RestTable:
    """Return the Rest operations that this tool knows, and over them those of a user's files.

    Raises ``RuleError``, which names the file, the line and the row.
    """
    rules = load_rules(own)
    rows: dict[tuple[str | None, str], _Row] = {
        (rule.method, shape_of(rule.rest)): _operation_of(rule)
        for rule in rules.rules
        if rule.rest is not None
    }
    for pending in _index_built_in():
        rows.setdefault((pending.method, shape_of(pending.rest)), pending)
    for path in own:
        for operation in read_operations(read_file(path, shorten(path))):
            rows[operation.method, shape_of(operation.rest)] = operation
    return RestTable(rules, rows.values())


def _operation_of(rule: Rule) -> Operation:
    return Operation(
        rule.method,
        rule.rest or "",
        rule.deprecated,
        rule.sunset,
        rule.successor,
        rule.successor_basis,
        rule.note,
        # Those of a rule are about the vapid operation.
        (),
        rule.id,
        rule.status is Status.DIRECT,
        rule.file,
    )


@cache
def _index_built_in() -> tuple[_Row, ...]:
    """Return the rows of the files that this tool comes with; once in a process."""
    folder = data_folder("rules") / "rest"
    return tuple(
        row
        for path in sorted(folder.glob("*.toml"))
        for row in index_rows(f"rest/{path.name} (built in)", read_text(path, path.name))
    )


def index_rows(name: str, text: str) -> Iterator[_Row]:
    """Yield the rows of a file; those that are spelled as the generator does only in part."""
    file = RuleFile(name, text, {})
    matches = [*_ROW.finditer(text)]
    if len(matches) != text.count("[[operation]]"):
        yield from read_operations(parse_file(name, text))
        return
    ends = [*(match.start() for match in matches[1:]), len(text)]
    for number, (match, end) in enumerate(zip(matches, ends, strict=True)):
        yield _Pending(file, number, match.start(), end, match["method"], match["rest"])


def _read(row: _Row) -> Operation:
    if isinstance(row, Operation):
        return row
    file = row.file
    part = parse_file(file.name, file.text[row.start : row.end])
    try:
        return read_operation(part.operations[0], file.name)
    except RowError as error:
        name = name_of(part.operations[0])
        raise RuleError(
            file.fault(f"{name}{error}", row.number, error.key, rows=OPERATION)
        ) from error
