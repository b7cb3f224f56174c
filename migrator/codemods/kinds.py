"""Runs the codemod of each kind of edit, one behind the other, on the code of a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.codemods.annotations import annotate
from migrator.codemods.company_header import add_headers
from migrator.codemods.host import replace_hosts
from migrator.codemods.moved import move_calls
from migrator.codemods.namespace import replace_literals
from migrator.codemods.shift import shift_behind
from migrator.codemods.suppressions import cut_comments
from migrator.values import Fix

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from migrator.values import Edit

_OTHER: dict[Fix, Callable[[str, Sequence[Edit]], str]] = {
    Fix.HOST: replace_hosts,
    Fix.MOVED: move_calls,
    Fix.COMPANY_HEADER: add_headers,
    Fix.SUPPRESSIONS: cut_comments,
    Fix.ANNOTATION: annotate,
}
"""The codemods of the kinds that are made on request; all others replace parts of literals."""


def rewrite_tree(text: str, edits: Sequence[Edit]) -> str:
    """Return the code of a module with edits of any kinds made on its syntax tree.

    ``edits`` are in order, and no two overlap. Each codemod reads what the one before it
    has printed, so that none knows of another. Raises ParseError and
    OtherProgramError as they do.
    """
    routes = [edit for edit in edits if edit.fix not in _OTHER]
    code = replace_literals(text, routes) if routes or not edits else text
    made = routes
    for fix, codemod in _OTHER.items():
        mine = [edit for edit in edits if edit.fix is fix]
        if mine:
            code = codemod(code, [shift_behind(edit, made) for edit in mine])
            made = [*made, *mine]
    return code
