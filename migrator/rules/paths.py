"""Finds rows by the path template that they speak of, through a tree of its segments.

A path is a template as a scan prints it: ``/vapid/projects/{project_id}/rfis``. A segment
``{…}`` is a placeholder; one that only has a placeholder in it, such as ``{id}.json``, is a
value that fills one of a row's, unless a row spells the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Row = TypeVar("Row")

_WHOLE = re.compile(r"\{[^{}]*\}")


@dataclass(slots=True)
class Node(Generic[Row]):
    """A place in the tree: what can follow, and the rows that end here."""

    literals: dict[str, Node[Row]] = field(default_factory=dict)
    placeholder: Node[Row] | None = None
    rows: list[Row] = field(default_factory=list)

    def _grow(self, segment: str) -> Node[Row]:
        """Return the node behind a row's segment, new where there was none."""
        if segment[:1] != "{" or segment[-1:] != "}":
            segment = _spell(segment)
            found = self.literals.get(segment)
            if found is None:
                found = self.literals[segment] = Node()
            return found
        if self.placeholder is None:
            self.placeholder = Node()
        return self.placeholder

    def add(self, path: str, row: Row) -> None:
        """Put a row where its path leads."""
        node = self
        for segment in path.split("/")[1:]:
            node = node._grow(segment)
        node.rows.append(row)

    def find(self, path: str) -> list[Node[Row]]:
        """Return the nodes with rows that a path leads to: one, or several by a placeholder.

        Literals of a row win over its placeholders. A placeholder of the path matches a
        row's placeholder, and only where that leads nowhere each of the row's literals.
        """
        return _find(self, path.split("/")[1:])

    def spelled(self, path: str) -> Iterator[tuple[Node[Row], tuple[str, ...]]]:
        """Yield each node that a path leads to with every literal of the row spelled.

        With it come the segments on the way there: literals, and ``{}`` for a placeholder.
        """
        return _spelled(self, path.split("/")[1:], ())

    def spells_segment(self, path: str, number: int) -> bool:
        """Tell whether a row that matches the whole path has this segment as a literal.

        Segments count from 0, which is that of the namespace. A placeholder of the path
        takes any segment of a row.
        """
        segments = path.split("/")[1:]
        return 0 <= number < len(segments) and _has_literal(self, segments, number)


def _spell(segment: str) -> str:
    """Return a segment without the name of a placeholder in it: ``{}.pdf``."""
    return _WHOLE.sub("{}", segment) if "{" in segment else segment


def _find(node: Node[Row], segments: list[str]) -> list[Node[Row]]:
    if not segments:
        return [node] if node.rows else []
    head, rest = segments[0], segments[1:]
    open_ = _WHOLE.fullmatch(head) is not None
    literal = None if open_ else node.literals.get(_spell(head))
    if literal is not None and (found := _find(literal, rest)):
        return found
    if head and node.placeholder and (found := _find(node.placeholder, rest)):
        return found
    if not open_:
        return []
    return [found for child in node.literals.values() for found in _find(child, rest)]


def _spelled(
    node: Node[Row], segments: list[str], words: tuple[str, ...]
) -> Iterator[tuple[Node[Row], tuple[str, ...]]]:
    if not segments:
        yield node, words
        return
    head, rest = segments[0], segments[1:]
    if _WHOLE.fullmatch(head) is None and (literal := node.literals.get(_spell(head))):
        yield from _spelled(literal, rest, (*words, head))
    if head and node.placeholder is not None:
        yield from _spelled(node.placeholder, rest, (*words, "{}"))


def _has_literal(node: Node[Row], segments: list[str], number: int) -> bool:
    if not segments:
        # The way down went through the literal asked for.
        return bool(node.rows)
    head, rest = segments[0], segments[1:]
    literal = node.literals.get(_spell(head))
    if number == 0:
        return literal is not None and _has_literal(literal, rest, -1)
    if _WHOLE.fullmatch(head):
        children = list(node.literals.values())
    else:
        children = [literal] if literal is not None else []
    if head and node.placeholder is not None:
        children.append(node.placeholder)
    return any(_has_literal(child, rest, number - 1) for child in children)
