"""What comparisons give, where both sides are known well enough."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.domain import Const, Map, Seq, Str, Text, known_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from migrator.evaluate.domain import Value

_ORDERED: dict[type[cst.BaseCompOp], Callable[[float, float], bool]] = {
    cst.LessThan: operator.lt,
    cst.LessThanEqual: operator.le,
    cst.GreaterThan: operator.gt,
    cst.GreaterThanEqual: operator.ge,
}


def compare(sign: cst.BaseCompOp, left: Value, right: Value) -> bool | None:
    """Return what ``left sign right`` is, None where that is not known."""
    match sign:
        case cst.Equal():
            return equal(left, right)
        case cst.NotEqual():
            return _negated(equal(left, right))
        case cst.In():
            return _holds(right, left)
        case cst.NotIn():
            return _negated(_holds(right, left))
        case _ if type(sign) in _ORDERED and isinstance(left, Const) and isinstance(right, Const):
            if left.value is None or right.value is None:
                return None
            return _ORDERED[type(sign)](left.value, right.value)
        case _:
            return None


def starts(value: Value, affix: Value) -> bool | None:
    """Return what ``value.startswith(affix)`` is, None where that is not known."""
    return _has_affix(value, affix, last=False)


def ends(value: Value, affix: Value) -> bool | None:
    """Return what ``value.endswith(affix)`` is, None where that is not known."""
    return _has_affix(value, affix, last=True)


def equal(left: Value, right: Value) -> bool | None:
    """Tell whether two values are equal, None where that is not known."""
    one, other = known_text(left), known_text(right)
    if one is not None and other is not None:
        return one == other
    if isinstance(left, Const) and isinstance(right, Const):
        return left.value == right.value
    return None


def _negated(answer: bool | None) -> bool | None:  # noqa: FBT001 - an answer, no flag
    return None if answer is None else not answer


def _holds(holder: Value, value: Value) -> bool | None:
    match holder:
        case Str(pieces):
            text, whole = known_text(value), known_text(holder)
            if text is None:
                return None
            if whole is not None:
                return text in whole
            found = any(isinstance(piece, Text) and text in piece.text for piece in pieces)
            return True if found else None
        case Seq(elements, exact):
            answers = [equal(each, value) for values in elements for each in values]
        case Map(items, exact):
            answers = [equal(key, value) for key, _ in items]
        case _:
            return None
    if True in answers:
        return True
    return False if exact and None not in answers else None


def _has_affix(value: Value, affix: Value, *, last: bool) -> bool | None:
    if isinstance(affix, Seq):
        answers = [_has_affix(value, each, last=last) for group in affix.elements for each in group]
        return True if True in answers else None if None in answers else False
    wanted = known_text(affix)
    if not isinstance(value, Str) or wanted is None:
        return None
    whole = known_text(value)
    if whole is None:
        end = value.pieces[-1 if last else 0]
        if not isinstance(end, Text) or len(end.text) < len(wanted):
            return None
        whole = end.text
    return whole.endswith(wanted) if last else whole.startswith(wanted)
