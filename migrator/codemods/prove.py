"""Prints a rewritten tree, and proves that what is printed is read as that tree again."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

import libcst as cst

from migrator.errors import MigratorError
from migrator.program.syntax import is_trivia, parse_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_GUESSED = frozenset({"default_indent", "default_newline"})
"""What LibCST makes of the whole text of a module: for new nodes, not for those there are."""

_MEANT = frozenset({"operator", "asynchronous", "star", "start", "end", "conversion"})
"""Punctuation that tells one program from another, unlike white space, commas and brackets."""

DIFFERS = "its syntax tree would differ in more than was planned"


class OtherProgramError(MigratorError):
    """A rewritten tree is read as another one when it is printed."""


def print_tree(tree: cst.Module) -> str:
    """Return the code of a rewritten tree.

    It is parsed once more and must give the same tree: a quote or a line end that a node's
    new text brings in makes other nodes of it, which may be fine Python nevertheless.
    Raises OtherProgramError where it does not, and ParseError where it is not Python 3.
    """
    code = tree.code
    if find_other(tree, parse_text(code)) is not None:
        raise OtherProgramError(DIFFERS)
    return code


def find_other(tree: cst.CSTNode, other: cst.CSTNode) -> cst.CSTNode | None:
    """Return a node of a tree that is not the same in another; None where all are.

    White space, comments and mere punctuation are left out: where two trees print the same
    text and have the same code in them, they have nowhere to differ.
    """
    pending: list[tuple[cst.CSTNode, cst.CSTNode]] = [(tree, other)]
    while pending:
        one, two = pending.pop()
        if type(one) is not type(two):
            return one
        for name in _compared(type(one)):
            mine, theirs = getattr(one, name), getattr(two, name)
            if mine is theirs:
                continue
            if isinstance(mine, cst.CSTNode):
                pending.append((mine, theirs))
            elif isinstance(mine, (list, tuple)):
                if len(mine) != len(theirs):
                    return one
                pending.extend(zip(mine, theirs, strict=True))
            elif mine != theirs:
                return one
    return None


@cache
def _compared(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(
        each.name
        for each in fields(kind)
        if each.name in _MEANT or not (is_trivia(each.name) or each.name in _GUESSED)
    )


def find_above(
    nodes: Iterable[cst.CSTNode], parents: Mapping[cst.CSTNode, cst.CSTNode]
) -> set[cst.CSTNode]:
    """Return what has one of the nodes below it: all else of a tree need not be visited."""
    above: set[cst.CSTNode] = set()
    for node in nodes:
        parent = parents.get(node)
        while parent is not None and parent not in above:
            above.add(parent)
            parent = parents.get(parent)
    return above
