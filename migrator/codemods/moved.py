"""The ``moved`` fix: another verb as a client's method, other segments and methods in literals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.codemods.namespace import replace_literals
from migrator.codemods.prove import print_tree
from migrator.codemods.shift import shift_behind
from migrator.program.places import find_in_tree
from migrator.program.syntax import parse_text, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrator.values import Edit


def move_calls(text: str, edits: Sequence[Edit]) -> str:
    """Return the code of a module with its calls' methods and paths changed.

    Raises ParseError where the text, or the result, is not Python 3. An edit that is
    neither a whole attribute that is called nor inside a literal is left out.
    """
    verbs = [edit for edit in edits if edit.old.isidentifier() and edit.new.isidentifier()]
    renamed, made = _rename_attributes(text, verbs)
    rest = [shift_behind(edit, made) for edit in edits if edit not in made]
    return replace_literals(renamed, rest) if rest else renamed


def _rename_attributes(text: str, edits: Sequence[Edit]) -> tuple[str, list[Edit]]:
    """Return the code with the attributes renamed that calls name, and the edits made."""
    tree = parse_text(text)
    calls = [node for node in walk(tree) if isinstance(node, cst.Call)]
    names = {c.func.attr: c.func for c in calls if isinstance(c.func, cst.Attribute)}
    places = find_in_tree(tree, text, names)
    wanted = {(edit.span.start, edit.span.end): edit for edit in edits}
    verbs = {node: wanted[place] for node, place in places.items() if place in wanted}
    changed = tree.visit(_Rename({node: edit.new for node, edit in verbs.items()}))
    return print_tree(changed), list(verbs.values())


class _Rename(cst.CSTTransformer):
    """Gives the planned names their new text."""

    def __init__(self, names: dict[cst.CSTNode, str]) -> None:
        super().__init__()
        self.names = names

    def leave_Name(  # noqa: N802 - LibCST calls it by this name
        self, original_node: cst.Name, updated_node: cst.Name
    ) -> cst.Name:
        name = self.names.get(original_node)
        return updated_node if name is None else updated_node.with_changes(value=name)
