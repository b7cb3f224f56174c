"""Tells clients that are made by one call from those that are made by another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.domain import Arguments, Made, Unknown
from migrator.evaluate.evaluator import Evaluator
from migrator.sinks.libraries import CLIENT_PACKAGES

if TYPE_CHECKING:
    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.program.scopes import Point

_MARK = "<made by>"


class TrackingEvaluator(Evaluator):
    """Marks what calls of client libraries make with the call that makes it.

    To an evaluator, two clients that are made alike are one. Here the mark is one more
    keyword among the arguments, which no library has.
    """

    def evaluate(self, node: cst.BaseExpression, point: Point, frame: Frame) -> Values:
        """Return the values that an expression may have at a point, in a frame."""
        values = super().evaluate(node, point, frame)
        if not isinstance(node, cst.Call) or not any(map(_is_unmarked, values)):
            return values
        return tuple(_mark(value, node) if _is_unmarked(value) else value for value in values)


def _is_unmarked(value: Value) -> bool:
    return (
        isinstance(value, Made)
        and (_is_client(value.dotted) or value.dotted == "urllib.request.Request")
        and maker_of(value) is None
    )


def _is_client(dotted: str) -> bool:
    """Tell a client's own class or factory from what its methods return."""
    name = dotted.rpartition(".")[2]
    return dotted.partition(".")[0] in CLIENT_PACKAGES and (
        name[:1].isupper() or name in {"session", "client", "create_client", "register"}
    )


def _mark(value: Value, node: cst.Call) -> Value:
    if not isinstance(value, Made):
        return value
    given = value.arguments
    keywords = (*given.keywords, (_MARK, (Unknown(None, node),)))
    return replace(value, arguments=Arguments(given.positional, keywords, given.rest, given.others))


def maker_of(value: Made) -> cst.Call | None:
    """Return the call that makes a client, None where it is not known."""
    mark = value.arguments.keyword(_MARK)
    made = mark[0].key if mark and isinstance(mark[0], Unknown) else None
    return made if isinstance(made, cst.Call) else None
