"""What each kind of expression evaluates to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import libcst as cst

from migrator.evaluate import (
    attributes,
    builtin,
    calling,
    comparing,
    naming,
    operators,
    shaping,
    strings,
)
from migrator.evaluate.domain import (
    UNKNOWN,
    ClassValue,
    Const,
    Function,
    Instance,
    Map,
    Seq,
    Str,
    Text,
    Unknown,
    known_text,
    plain,
    union,
    whole_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.scopes import Point


_IN = cst.In()

_SPECIAL: dict[type[cst.CSTNode], str] = {
    cst.Add: "__add__",
    cst.Divide: "__truediv__",
    cst.Modulo: "__mod__",
}
"""Operators that classes of URLs define, and the methods that do it."""


def _string(ev: Evaluator, node: cst.SimpleString, point: Point, frame: Frame) -> Values:
    del frame
    origin = ev.origin(point.scope.module, node)
    return (strings.merge((Text(origin.spelling.value, origin),)),)


def _formatted(ev: Evaluator, node: cst.FormattedString, point: Point, frame: Frame) -> Values:
    raw = "r" in node.prefix.lower()
    groups: list[Values] = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            origin = ev.origin(point.scope.module, part, raw=raw)
            groups.append((Str((Text(origin.spelling.value, origin),)),))
        elif isinstance(part, cst.FormattedStringExpression):
            values = calling.printed(ev, ev.evaluate(part.expression, point, frame))
            if part.equal is not None:
                values = UNKNOWN
            groups.append(shaping.shape(values, part.conversion or "", _spec_of(part)))
    return strings.combine(groups, strings.concatenate)


def _spec_of(part: cst.FormattedStringExpression) -> str | None:
    """Return the format behind a colon, None where it holds fields of its own."""
    parts = part.format_spec or ()
    texts = [each.value for each in parts if isinstance(each, cst.FormattedStringText)]
    return "".join(texts) if len(texts) == len(parts) else None


def _concatenated(
    ev: Evaluator, node: cst.ConcatenatedString, point: Point, frame: Frame
) -> Values:
    parts: list[cst.BaseExpression] = []
    current: cst.BaseExpression = node
    while isinstance(current, cst.ConcatenatedString):
        parts.append(current.left)
        current = current.right
    parts.append(current)
    return strings.combine([ev.evaluate(part, point, frame) for part in parts], strings.concatenate)


def _integer(ev: Evaluator, node: cst.Integer, point: Point, frame: Frame) -> Values:
    del point, frame
    # Python refuses to read integers of more than 4,300 digits.
    return (Const(node.evaluated_value),) if len(node.value) < 4_000 else UNKNOWN


def _float(ev: Evaluator, node: cst.Float, point: Point, frame: Frame) -> Values:
    del point, frame
    return (Const(node.evaluated_value),)


def _sequence(
    ev: Evaluator, node: cst.List | cst.Tuple | cst.Set, point: Point, frame: Frame
) -> Values:
    elements: list[Values] = []
    exact = True
    for element in node.elements:
        values = ev.evaluate(element.value, point, frame)
        if isinstance(element, cst.StarredElement):
            inner = values[0] if len(values) == 1 else None
            if isinstance(inner, Seq):
                elements.extend(inner.elements)
                exact = exact and inner.exact
            else:
                exact = False
        else:
            elements.append(values)
    return (Seq(tuple(elements), exact),)


def _mapping(ev: Evaluator, node: cst.Dict, point: Point, frame: Frame) -> Values:
    items: list[tuple[Value, Values]] = []
    exact = True
    for element in node.elements:
        values = ev.evaluate(element.value, point, frame)
        if isinstance(element, cst.DictElement):
            keys = ev.evaluate(element.key, point, frame)
            items.extend((key, values) for key in keys)
        elif len(values) == 1 and isinstance(values[0], Map):
            items.extend(values[0].items)
            exact = exact and values[0].exact
        else:
            exact = False
    return (Map(strings.merge_items(items), exact),)


def _binary(ev: Evaluator, node: cst.BinaryOperation, point: Point, frame: Frame) -> Values:
    operands: list[tuple[cst.BaseBinaryOp, cst.BaseExpression]] = []
    current: cst.BaseExpression = node
    while isinstance(current, cst.BinaryOperation):
        operands.append((current.operator, current.right))
        current = current.left
    values = ev.evaluate(current, point, frame)
    if isinstance(values[0], Str) and all(isinstance(o, cst.Add) for o, _ in operands):
        # All at once: generated code adds thousands of terms.
        rights = [ev.evaluate(right, point, frame) for _, right in reversed(operands)]
        if not any(isinstance(value, Instance) for group in rights for value in group):
            return strings.combine([values, *rights], strings.concatenate)
    for operator, right in reversed(operands):
        values = _operated(ev, operator, values, ev.evaluate(right, point, frame))
    return values


def _operated(ev: Evaluator, operator: cst.BaseBinaryOp, left: Values, right: Values) -> Values:
    """Apply an operator: that of the project's own class, else that of the language."""
    name = _SPECIAL.get(type(operator))
    if name is None or not any(isinstance(value, Instance) for value in left):
        return operators.operate(operator, left, right)
    return union(
        [
            calling.answered(ev, value, name, right) or operators.operate(operator, (value,), right)
            for value in left
        ]
    )


def _conditional(ev: Evaluator, node: cst.IfExp, point: Point, frame: Frame) -> Values:
    return union([ev.evaluate(node.body, point, frame), ev.evaluate(node.orelse, point, frame)])


def _boolean(ev: Evaluator, node: cst.BooleanOperation, point: Point, frame: Frame) -> Values:
    left = ev.evaluate(node.left, point, frame)
    right = ev.evaluate(node.right, point, frame)
    if isinstance(node.operator, cst.Or):
        if all(_is_true(value) for value in left) and not _is_and(node.left):
            return left
        return union([tuple(value for value in left if not _is_false(value)), right])
    return left if all(_is_false(value) for value in left) else right


def _walrus(ev: Evaluator, node: cst.NamedExpr, point: Point, frame: Frame) -> Values:
    return ev.evaluate(node.value, point, frame)


def _await(ev: Evaluator, node: cst.Await, point: Point, frame: Frame) -> Values:
    return ev.evaluate(node.expression, point, frame)


def _lambda(ev: Evaluator, node: cst.Lambda, point: Point, frame: Frame) -> Values:
    scope = point.scope.module.lambdas[node]
    return (Function(scope, None, frame),)


def _comprehension(ev: Evaluator, node: cst.BaseSimpleComp, point: Point, frame: Frame) -> Values:
    """List what the element is for each turn of the loops."""
    scope = point.scope.module.comprehensions[node]
    inner = type(point)(scope, point.order, point.block)
    turns = ev.spread(node.elt, inner, frame, _loops_of(node))
    return (Seq(tuple(values for values, _ in turns), _takes_all(ev, node, inner, frame)),)


def _dict_comprehension(ev: Evaluator, node: cst.DictComp, point: Point, frame: Frame) -> Values:
    scope = point.scope.module.comprehensions[node]
    inner = type(point)(scope, point.order, point.block)
    items: list[tuple[Value, Values]] = []
    for values, turn in ev.spread(node.value, inner, frame, _loops_of(node)):
        keys = ev.evaluate(node.key, inner, turn)
        items.extend((key, values) for key in keys)
    return (Map(tuple(items), _takes_all(ev, node, inner, frame)),)


def _loops_of(node: cst.BaseComp) -> list[object]:
    """Return what a comprehension loops over: its own turns, not those of loops around it."""
    loops: list[object] = []
    clause: cst.CompFor | None = node.for_in
    while clause is not None:
        loops.append(clause.iter)
        clause = clause.inner_for_in
    return loops


def _takes_all(ev: Evaluator, node: cst.BaseComp, point: Point, frame: Frame) -> bool:
    """Tell whether a comprehension has each of its turns for sure."""
    clause: cst.CompFor | None = node.for_in
    while clause is not None:
        values = ev.evaluate(clause.iter, point, frame)
        if clause.ifs or any(isinstance(v, (Seq, Map)) and not v.exact for v in values):
            return False
        clause = clause.inner_for_in
    return True


def _name(ev: Evaluator, node: cst.Name, point: Point, frame: Frame) -> Values:
    return strings.named(naming.look_up(ev, node.value, point, frame), node.value)


def _attribute(ev: Evaluator, node: cst.Attribute, point: Point, frame: Frame) -> Values:
    name = node.attr.value
    receivers = ev.evaluate(node.value, point, frame)
    groups = [attributes.attribute(ev, receiver, name, point) for receiver in receivers]
    return strings.named(union(groups), name)


def _subscript(ev: Evaluator, node: cst.Subscript, point: Point, frame: Frame) -> Values:
    receivers = ev.evaluate(node.value, point, frame)
    if len(node.slice) != 1:
        return UNKNOWN
    element = node.slice[0].slice
    ev.watch(*receivers)
    if isinstance(element, cst.Slice):
        parts = (element.lower, element.upper, element.step)
        bounds = [_bound_of(ev, part, point, frame) for part in parts]
        return union([builtin.sliced(value, *bounds) for value in receivers])
    if not isinstance(element, cst.Index):
        return UNKNOWN
    keys = ev.evaluate(element.value, point, frame)
    ev.watch(*keys)
    for value in receivers:
        for missing in (key for key in keys if _lacks(value, key)):
            ev.miss(node, missing)
    groups = [builtin.item(ev, value, key) for value in receivers for key in keys]
    key = known_text(keys[0]) if len(keys) == 1 else None
    values = union(groups)
    if key is not None and key.isidentifier():
        return tuple(
            Unknown(key, value.key) if isinstance(value, Unknown) else value for value in values
        )
    return values


def _lacks(value: Value, key: Value) -> bool:
    """Tell whether a dict surely has nothing under a key."""
    return (
        isinstance(value, Map)
        and known_text(key) is not None
        and comparing.compare(_IN, key, value) is False
    )


def _bound_of(
    ev: Evaluator, node: cst.BaseExpression | None, point: Point, frame: Frame
) -> int | Literal[False] | None:
    """Return a slice bound: None where it is absent, False where it is not known."""
    if node is None:
        return None
    values = ev.evaluate(node, point, frame)
    number = whole_number(values[0]) if len(values) == 1 else None
    return False if number is None else number


def _unary(ev: Evaluator, node: cst.UnaryOperation, point: Point, frame: Frame) -> Values:
    values = ev.evaluate(node.expression, point, frame)
    if isinstance(node.operator, cst.Minus) and isinstance(values[0], Const):
        number = values[0].value
        if isinstance(number, (int, float)):
            return (Const(-number),)
    return UNKNOWN


def _call(ev: Evaluator, node: cst.Call, point: Point, frame: Frame) -> Values:
    callees = ev.evaluate(node.func, point, frame)
    if all(isinstance(callee, Unknown) for callee in callees):
        return UNKNOWN
    arguments = ev.arguments(node, point, frame)
    for callee in callees:
        for missing in builtin.missing(ev, callee, arguments, point):
            ev.miss(node, missing)
    return union([ev.apply(callee, arguments, point, frame) for callee in callees])


def _is_and(node: cst.BaseExpression) -> bool:
    """Tell an expression that may be a false left side, of which no value is kept."""
    return isinstance(node, cst.BooleanOperation) and isinstance(node.operator, cst.And)


def _is_true(value: Value) -> bool:
    if isinstance(value, Str):
        return any(isinstance(piece, Text) and piece.text for piece in value.pieces)
    return isinstance(value, (Instance, ClassValue, Function))


def _is_false(value: Value) -> bool:
    return value == plain("") or (isinstance(value, Const) and not value.value)


EXPRESSIONS: dict[type[cst.CSTNode], Callable[..., Values]] = {
    cst.SimpleString: _string,
    cst.FormattedString: _formatted,
    cst.ConcatenatedString: _concatenated,
    cst.Integer: _integer,
    cst.Float: _float,
    cst.List: _sequence,
    cst.Tuple: _sequence,
    cst.Set: _sequence,
    cst.Dict: _mapping,
    cst.BinaryOperation: _binary,
    cst.IfExp: _conditional,
    cst.BooleanOperation: _boolean,
    cst.NamedExpr: _walrus,
    cst.Await: _await,
    cst.Lambda: _lambda,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.DictComp: _dict_comprehension,
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Subscript: _subscript,
    cst.UnaryOperation: _unary,
    cst.Call: _call,
}
