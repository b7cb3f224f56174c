"""The ``annotation`` fix: comments above calls that need a person come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.annotations import find_statements
from migrator.codemods.prove import print_tree
from migrator.codemods.suppressions import cut_comments
from migrator.program.plain import plain_text
from migrator.program.syntax import parse_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrator.values import Edit


def annotate(text: str, edits: Sequence[Edit]) -> str:
    """Return the code of a module with comments added above statements, or taken away.

    An edit that replaces nothing is whole lines of comments for the line where a statement
    starts; all others remove one. What fits nowhere is left out. Raises ParseError where the
    text, or the result, is not Python 3.
    """
    added = {edit.span.start: plain_text(edit.new) for edit in edits if not edit.old}
    if not added:
        return cut_comments(text, edits)
    tree = parse_text(text)
    above = {
        statement: [_read(line) for line in added[first].splitlines(keepends=True)]
        for statement, first, _ in find_statements(tree, text)
        if first in added
    }
    return print_tree(tree.visit(_AddLines(above)))


def _read(line: str) -> cst.EmptyLine:
    bare = line.rstrip("\r\n")
    end = cst.Newline(line[len(bare) :])
    return cst.EmptyLine(comment=cst.Comment(bare.lstrip(" \t")), newline=end)


class _AddLines(cst.CSTTransformer):
    """Puts lines between a statement and what stands above it."""

    def __init__(self, lines: dict[cst.BaseStatement, list[cst.EmptyLine]]) -> None:
        super().__init__()
        self.lines = lines

    def on_leave(
        self, original_node: cst.CSTNodeT, updated_node: cst.CSTNodeT
    ) -> cst.CSTNodeT | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNodeT]:
        """Add them, whatever kind of statement it is."""
        lines = self.lines.get(original_node)  # type: ignore[call-overload]
        if lines is None:
            return updated_node
        there = updated_node.leading_lines  # type: ignore[attr-defined]
        return updated_node.with_changes(leading_lines=[*there, *lines])
