"""The ``suppressions`` fix: comments that silence nothing go, and what stands beside them stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.program.places import find_in_tree
from migrator.program.syntax import parse_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrator.values import Edit

_NO_SPACE = cst.SimpleWhitespace("")


def cut_comments(text: str, edits: Sequence[Edit]) -> str:
    """Return the code of a module without the parts of its comments that edits name.

    White space in front of a comment goes with the whole of it, and so does its line, where
    nothing else stands there. Raises ParseError where the text, or the result, is not Python
    3. An edit that does not stand in a comment is left out of the result.
    """
    tree = parse_text(text)
    comments = list(find_comments(tree))
    spans = find_in_tree(tree, text, comments)
    values: dict[cst.CSTNode, str] = {}
    for node in comments:
        start, end = spans[node]
        value = node.value
        for edit in reversed(edits):
            low, high = max(edit.span.start, start), min(edit.span.end, end)
            if low < high:
                value = value[: low - start] + edit.new + value[high - start :]
        if value != node.value:
            values[node] = value
    code = tree.visit(_CutComments(values)).code
    parse_text(code)
    return code


def find_comments(node: cst.CSTNode) -> Iterator[cst.Comment]:
    """Yield the comments of a tree: they stand in white space, where only a slow walk gets to."""
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, cst.Comment):
            yield current
        else:
            pending.extend(current.children)


class _CutComments(cst.CSTTransformer):
    """Gives comments their new text, and takes those away that have none."""

    def __init__(self, values: dict[cst.CSTNode, str]) -> None:
        super().__init__()
        self.values = values

    def leave_TrailingWhitespace(  # noqa: N802 - LibCST calls it by this name
        self, original_node: cst.TrailingWhitespace, updated_node: cst.TrailingWhitespace
    ) -> cst.TrailingWhitespace:
        value = self._new(original_node.comment)
        if value is None:
            return updated_node
        if not value:
            return updated_node.with_changes(comment=None, whitespace=_NO_SPACE)
        return updated_node.with_changes(comment=cst.Comment(value))

    def leave_EmptyLine(  # noqa: N802 - LibCST calls it by this name
        self, original_node: cst.EmptyLine, updated_node: cst.EmptyLine
    ) -> cst.EmptyLine | cst.RemovalSentinel:
        value = self._new(original_node.comment)
        if value is None:
            return updated_node
        if not value:
            return cst.RemoveFromParent()
        return updated_node.with_changes(comment=cst.Comment(value))

    def _new(self, comment: cst.Comment | None) -> str | None:
        return self.values.get(comment) if comment is not None else None
