"""Finds the rows of the table that speak of a vapid path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from migrator.resources import data_folder
from migrator.rules.files import add_rows, call_of, read_file, read_rows, say_double
from migrator.rules.rows import Fault, Rule, RuleError

__all__ = ["Rule", "RuleError", "RuleTable", "load_rules", "read_rules"]

GENERIC = frozenset(
    {"charts", "communications", "company", "dashboards", "files", "folders", "images", "links"}
    | {"project", "resources", "settings", "tasks", "todos", "users"}
)
"""Resources whose bare name could be a route or a folder of anything that is called vapid,
such as a Web Push server: ``/vapid/users`` alone does not tell that a string is Procore's."""

_WHOLE = re.compile(r"\{[^{}]*\}")
_ID = re.compile(r"(?:\d+|\{[^{}]*\})(?:\.json)?")


@dataclass(slots=True)
class _Node:
    """A place in the tree of templates: what can follow, and the rows that end here."""

    literals: dict[str, _Node] = field(default_factory=dict)
    placeholder: _Node | None = None
    rules: list[Rule] = field(default_factory=list)

    def grow(self, segment: str) -> _Node:
        """Return the node behind a row's segment, new where there was none."""
        if not segment.startswith("{"):
            return self.literals.setdefault(segment, _Node())
        if self.placeholder is None:
            self.placeholder = _Node()
        return self.placeholder


class RuleTable:
    """All rows, in order of their vapid path, and what they know of a path.

    A path is a template as a scan prints it: ``/vapid/projects/{project_id}/rfis``. A
    segment ``{…}`` is a placeholder; one that only has a placeholder in it, such as
    ``{id}.json``, is a value that fills one of the row's.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._root = _Node()
        for rule in self.rules:
            node = self._root
            for segment in rule.vapid.split("/")[1:]:
                node = node.grow(segment)
            node.rules.append(rule)

    def match(self, method: str | None, path: str) -> tuple[Rule, ...]:
        """Return the rows of the most specific path that matches.

        Literals of a row win over its placeholders. A placeholder of the path matches a
        row's placeholder, and only where that leads nowhere each of the row's literals.
        Without a method these are the rows of every method. With one, they are those of
        that method, else those that know no method; none where the table knows the path
        with other methods only.
        """
        nodes = _find(self._root, path.split("/")[1:])
        found = []
        for node in nodes:
            if method is None:
                found += node.rules
            else:
                exact = [rule for rule in node.rules if rule.method == method]
                found += exact or [rule for rule in node.rules if rule.method is None]
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
        _, *segments = path.split("/")
        last = path.rpartition("/")[2]
        return any(
            _is_telling(words, last, is_row=bool(node.rules))
            for node, words in _spelled(self._root, segments, ())
        )

    def spells_segment(self, path: str, number: int) -> bool:
        """Tell whether a row that matches the whole path has this segment as a literal.

        Segments count from 0, which is ``vapid``. A placeholder of the path takes any
        segment of a row.
        """
        segments = path.split("/")[1:]
        return 0 <= number < len(segments) and _has_literal(self._root, segments, number)


def _find(node: _Node, segments: list[str]) -> list[_Node]:
    """Return the nodes with rules that the segments lead to: one, or several by a placeholder."""
    if not segments:
        return [node] if node.rules else []
    head, rest = segments[0], segments[1:]
    open_ = _WHOLE.fullmatch(head) is not None
    if not open_ and head in node.literals and (found := _find(node.literals[head], rest)):
        return found
    if head and node.placeholder and (found := _find(node.placeholder, rest)):
        return found
    if not open_:
        return []
    return [found for child in node.literals.values() for found in _find(child, rest)]


def _spelled(
    node: _Node, segments: list[str], words: tuple[str, ...]
) -> Iterator[tuple[_Node, tuple[str, ...]]]:
    """Yield each node that the segments lead to with every literal of the row spelled.

    With it comes the way there: the literals, and ``{}`` for a placeholder.
    """
    if not segments:
        yield node, words
        return
    head, rest = segments[0], segments[1:]
    if head in node.literals:
        yield from _spelled(node.literals[head], rest, (*words, head))
    if head and node.placeholder is not None:
        yield from _spelled(node.placeholder, rest, (*words, "{}"))


def _is_telling(words: tuple[str, ...], last: str, *, is_row: bool) -> bool:
    """Tell whether the way to a place in the tree is evidence, when its end is spelled ``last``."""
    literals = [word for word in words[1:] if word != "{}"]
    if len(literals) != 1:
        return len(literals) > 1
    behind_value = words[-1] == "{}"
    if literals[0] in GENERIC:
        return is_row and behind_value and _ID.fullmatch(last) is not None
    return is_row or behind_value


def _has_literal(node: _Node, segments: list[str], number: int) -> bool:
    if not segments:
        # The way down went through the literal asked for.
        return bool(node.rules)
    head, rest = segments[0], segments[1:]
    if number == 0:
        return head in node.literals and _has_literal(node.literals[head], rest, -1)
    if _WHOLE.fullmatch(head):
        children = list(node.literals.values())
    else:
        children = [node.literals[head]] if head in node.literals else []
    if head and node.placeholder is not None:
        children.append(node.placeholder)
    return any(_has_literal(child, rest, number - 1) for child in children)


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
