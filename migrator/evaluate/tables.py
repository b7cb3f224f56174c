"""What a test is run with: the rows of ``pytest.mark.parametrize``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import builtin
from migrator.evaluate.domain import UNKNOWN, Arguments, Made, Seq, known_text, union

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.scopes import Scope, Site

PARAMETRIZE = "pytest.mark.parametrize"


def find_tables(scope: Scope) -> Iterator[Site]:
    """Yield the decorators of a function that give it rows of arguments."""
    nodes = [node for node in scope.decorators if _is_table(node)]
    if nodes and scope.parent is not None:
        yield from (site for site in scope.parent.sites if site.node in nodes)


def _is_table(node: cst.BaseExpression) -> bool:
    match node:
        case cst.Call(func=cst.Attribute(attr=cst.Name("parametrize"))):
            return True
        case _:
            return False


def read_rows(ev: Evaluator, scope: Scope, table: Site, frame: Frame) -> list[Arguments]:
    """Return the arguments that a function is run with, once for each row of a table.

    Those of its other tables are with each of them: any of what is in their columns.
    """
    beside: dict[str, list[Values]] = {}
    for other in find_tables(scope):
        if other is not table:
            for row in _rows(ev, other, ev.open_frame(other.point.scope)):
                for name, values in row:
                    beside.setdefault(name, []).append(values)
    given = tuple((name, union(groups)) for name, groups in beside.items())
    return [Arguments((), (*given, *row)) for row in _rows(ev, table, frame)]


def _rows(ev: Evaluator, table: Site, frame: Frame) -> Iterator[tuple[tuple[str, Values], ...]]:
    arguments = ev.arguments(table.node, table.point, frame)
    names = _names((arguments.at(0, "argnames") or UNKNOWN)[0])
    for value in arguments.at(1, "argvalues") or ():
        for elements in builtin.iterated(ev, value) or ():
            for element in elements:
                yield tuple(zip(names, _cells(element, len(names)), strict=False))


def _names(value: Value) -> list[str]:
    """Return the names of columns: ``"name, path"``, or a list of them."""
    if isinstance(value, Seq):
        return [known_text(each[0]) or "" for each in value.elements]
    return [name.strip() for name in (known_text(value) or "").split(",")]


def _cells(row: Value, count: int) -> tuple[Values, ...]:
    match row:
        case Made("pytest.param", arguments):
            return arguments.positional
        case Seq(elements) if count > 1:
            return elements
        case _:
            return ((row,),)
