"""The ``namespace`` fix: ``vapid`` becomes ``rest/v1.0`` in the literals that spell it.

So does the one of prose, in comments and docstrings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.codemods.prove import DIFFERS, OtherProgramError, find_above, print_tree
from migrator.program.places import find_in_tree
from migrator.program.syntax import children, parse_text
from migrator.values import Fix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrator.values import Edit

Literal = cst.SimpleString | cst.FormattedStringText | cst.Comment


class _ReplaceLiterals(cst.CSTTransformer):
    """Gives the planned literals and comments their new text."""

    def __init__(self, texts: dict[cst.CSTNode, str], above: set[cst.CSTNode]) -> None:
        super().__init__()
        self.texts = texts
        self.above = above

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Leave out what is not to be changed: to visit it costs more than to parse it."""
        return node in self.above

    def leave_SimpleString(  # noqa: N802 - LibCST calls it by this name
        self, original_node: cst.SimpleString, updated_node: cst.SimpleString
    ) -> cst.SimpleString:
        text = self.texts.get(original_node)
        return updated_node if text is None else updated_node.with_changes(value=text)

    def leave_FormattedStringText(  # noqa: N802 - LibCST calls it by this name
        self, original_node: cst.FormattedStringText, updated_node: cst.FormattedStringText
    ) -> cst.FormattedStringText:
        text = self.texts.get(original_node)
        return updated_node if text is None else updated_node.with_changes(value=text)

    def leave_Comment(  # noqa: N802 - LibCST calls it by this name
        self, original_node: cst.Comment, updated_node: cst.Comment
    ) -> cst.Comment:
        text = self.texts.get(original_node)
        return updated_node if text is None else updated_node.with_changes(value=text)


def replace_literals(text: str, edits: Sequence[Edit]) -> str:
    """Return the code of a module with its edits made on the syntax tree.

    Raises ParseError where the text, or the result, is not Python 3, and OtherProgramError
    where more would change than what these literals spell. An edit that does not stand
    inside one literal or comment is left out of the result, which then differs from the
    planned text.
    """
    tree = parse_text(text)
    prose = any(edit.fix is Fix.PROSE for edit in edits)
    parents: dict[cst.CSTNode, cst.CSTNode] = {}
    literals = list(_literals(tree, parents, comments=prose))
    spans = find_in_tree(tree, text, literals)
    texts: dict[cst.CSTNode, str] = {}
    for node in literals:
        start, end = spans[node]
        inside = [edit for edit in edits if start <= edit.span.start and edit.span.end <= end]
        value = node.value
        for edit in reversed(inside):
            value = value[: edit.span.start - start] + edit.new + value[edit.span.end - start :]
        if inside:
            texts[node] = value
    try:
        changed = tree.visit(_ReplaceLiterals(texts, find_above(texts, parents)))
    except cst.CSTValidationError as error:
        raise OtherProgramError(DIFFERS) from error
    return print_tree(changed)


def _literals(
    node: cst.CSTNode, parents: dict[cst.CSTNode, cst.CSTNode], *, comments: bool
) -> Iterator[Literal]:
    """Yield the literals below a node, and note what each node that leads to them is below.

    Comments stand in white space, where only the slower walk gets to.
    """
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, (cst.SimpleString, cst.FormattedStringText, cst.Comment)):
            yield current
        else:
            below = current.children if comments else tuple(children(current))
            parents.update(dict.fromkeys(below, current))
            pending.extend(below)
