"""Finds the rows of the table that speak of a vapid path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from migrator.resources import data_folder
from migrator.rules.files import add_rows, call_of, read_file, read_rows, say_double
from migrator.rules.paths import Node
from migrator.rules.rows import Fault, Rule, RuleError

__all__ = ["Rule", "RuleError", "RuleTable", "load_rules", "read_rules"]

GENERIC = frozenset(
    {"charts", "communications", "company", "dashboards", "files", "folders", "images", "links"}
    | {"project", "resources", "settings", "tasks", "todos", "users"}
)
"""Resources whose bare name could be a route or a folder of anything that is called vapid,
such as a Web Push server: ``/vapid/users`` alone does not tell that a string is Procore's."""

_ID = re.compile(r"(?:\d+|\{[^{}]*\})(?:\.json)?")


class RuleTable:
    """All rows, in order of their vapid path, and what they know of a path."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._root: Node[Rule] = Node()
        for rule in self.rules:
            self._root.add(rule.vapid, rule)

    def match(self, method: str | None, path: str) -> tuple[Rule, ...]:
        """Return the rows of the most specific path that matches.

        Literals of a row win over its placeholders. A placeholder of the path matches a
        row's placeholder, and only where that leads nowhere each of the row's literals.
        Without a method these are the rows of every method. With one, they are those of
        that method, else those that know no method; none where the table knows the path
        with other methods only.
        """
        found = []
        for node in self._root.find(path):
            if method is None:
                found += node.rows
            else:
                exact = [rule for rule in node.rows if rule.method == method]
                found += exact or [rule for rule in node.rows if rule.method is None]
        return tuple(found)

    def knows_path(self, path: str) -> bool:
        """Tell whether a path is Procore's beyond doubt, by the words that it spells.

        True where it equals a row's path: a row's literal must be spelled, its placeholder
        takes any value. True as well for the beginning of a row's path where it spells two
        of the row's literals behind ``vapid`` (``/vapid/projects/{}/checklist``), or where
        it ends with the value of a placeholder right behind a literal
        (``/vapid/commitments/{}``). A single generic word is no evidence in either case,
        except in front of what can be an id, where that is a row: ``/vapid/files/{}`` and
        ``/vapid/files/7``, but not ``/vapid/files/logo.png``.
        """
        last = path.rpartition("/")[2]
        return any(
            _is_telling(words, last, is_row=bool(node.rows))
            for node, words in self._root.spelled(path)
        )

    def knows_row(self, path: str) -> bool:
        """Tell whether a whole path is a row's, with every literal of it spelled."""
        return any(node.rows for node, _ in self._root.spelled(path))

    def spells_segment(self, path: str, number: int) -> bool:
        """Tell whether a row that matches the whole path has this segment as a literal.

        Segments count from 0, which is ``vapid``. A placeholder of the path takes any
        segment of a row.
        """
        return self._root.spells_segment(path, number)


def _is_telling(words: tuple[str, ...], last: str, *, is_row: bool) -> bool:
    """Tell whether the way to a place in the tree is evidence, when its end is spelled ``last``."""
    literals = [word for word in words[1:] if word != "{}"]
    if len(literals) != 1:
        return len(literals) > 1
    behind_value = words[-1] == "{}"
    if literals[0] in GENERIC:
        return is_row and behind_value and _ID.fullmatch(last) is not None
    return is_row or behind_value


def load_rules(own: tuple[Path, ...] = ()) -> RuleTable:
    """Return the table that this tool comes with, and over it the rows of files of the user's.

    A row of a later file replaces the one of the same id. Raises ``RuleError``, which names
    the file, the line and the row.
    """
    if not own:
        return _load_built_in()
    rules = {rule.id: rule for rule in _load_built_in().rules}
    for path in own:
        file = read_file(path, shorten(path))
        rules = add_rows(rules, file, read_rows(file, path.stem))
    return _build(rules)


@cache
def _load_built_in() -> RuleTable:
    """Return the table that this tool comes with; read once in a process."""
    return read_rules(data_folder("rules"), "{} (built in)")


def read_rules(folder: Path, name: str = "{}") -> RuleTable:
    """Return the table that the TOML files of a folder hold.

    ``name`` is the form in which a file's name is told. Raises ``RuleError`` as above.
    """
    rules: dict[str, Rule] = {}
    calls: dict[tuple[str | None, str], Rule] = {}
    for path in sorted(folder.glob("*.toml")):
        file = read_file(path, name.format(path.name))
        for number, rule in enumerate(read_rows(file, path.stem)):
            if other := rules.get(rule.id):
                reason = f"{rule.id}: {other.file} has the same id"
                raise RuleError(file.fault(reason, number, "id"))
            if double := calls.get(call_of(rule)):
                raise RuleError(file.fault(f"{rule.id}: {say_double(double)}", number, "vapid"))
            rules[rule.id] = calls[call_of(rule)] = rule
    if not rules:
        raise RuleError(Fault(str(folder), 1, 1, "no rules"))
    return _build(rules)


def _build(rules: Mapping[str, Rule]) -> RuleTable:
    return RuleTable(sorted(rules.values(), key=lambda rule: (rule.vapid, rule.method or "")))


def shorten(path: Path) -> str:
    """Return a path as one would name it from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
