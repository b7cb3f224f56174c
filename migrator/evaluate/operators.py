"""What binary operators do to values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import joining, strings, templates
from migrator.evaluate.domain import (
    UNKNOWN,
    Const,
    Made,
    Map,
    Seq,
    Str,
    Unknown,
    drawn_from,
    union,
)

if TYPE_CHECKING:
    from migrator.evaluate.domain import Value, Values


def operate(operator: cst.CSTNode, left: Values, right: Values) -> Values:
    """Apply a binary operator, or the one of an augmented assignment."""
    match operator:
        case cst.Add() | cst.AddAssign():
            return strings.combine([left, right], _add)
        case cst.Modulo() | cst.ModuloAssign():
            return union(
                [
                    templates.format_percent(one, other) if isinstance(one, Str) else UNKNOWN
                    for one in left
                    for other in right
                ]
            )
        case cst.Divide() | cst.DivideAssign():
            # yarl.URL, furl and pathlib join with a slash; a quotient is no string.
            return strings.combine([left, right], joining.join_path)
        case cst.BitOr() | cst.BitOrAssign():
            return strings.combine([left, right], _merge_maps)
        case _:
            return UNKNOWN


def _add(left: Value, right: Value) -> Value:
    match left, right:
        case Seq(), Seq():
            return Seq(left.elements + right.elements, left.exact and right.exact)
        case Const(int() | float() as one), Const(int() | float() as other):
            return Const(one + other)
        case (Str() | Unknown(), _) | (_, Str()):
            return strings.concatenate(left, right)
        case (Made(), _) | (_, Made()) if drawn_from(left) or drawn_from(right):
            # Two groups of a match: what they were drawn from has a part in the sum.
            return strings.concatenate(left, right)
        case _:
            return Unknown()


def _merge_maps(left: Value, right: Value) -> Value:
    if isinstance(left, Map) and isinstance(right, Map):
        merged = strings.merge_items((*left.items, *right.items))
        return Map(merged, left.exact and right.exact)
    return Unknown()
