"""What calling a class or function of the project does: construction, parameters, results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import classes, naming
from migrator.evaluate.domain import (
    UNKNOWN,
    Arguments,
    ClassValue,
    Const,
    External,
    Function,
    Instance,
    Made,
    Map,
    Seq,
    Unknown,
    known_text,
    plain,
    union,
)
from migrator.program.scopes import ScopeKind

if TYPE_CHECKING:
    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.scopes import Point, Scope


CALLS = 8
"""How many calls deep a result is followed: URLs are put together nearer than that."""


def find_initializer(ev: Evaluator, scope: Scope) -> Scope | None:
    """Return the ``__init__`` that a class runs, None where it has only a made one."""
    for each in classes.lineage(ev, scope):
        if not isinstance(each, External):
            for binding in each.bindings.get("__init__", ()):
                if binding.scope is not None:
                    return binding.scope
    return None


def construct(ev: Evaluator, scope: Scope, arguments: Arguments) -> Value:
    """Return the instance that calling a class makes."""
    if classes.is_enum(ev, scope) and arguments.positional:
        return Instance(scope, (("value", arguments.positional[0]),))
    initializer = find_initializer(ev, scope)
    if initializer is not None:
        return Instance(scope, bind(ev, initializer, arguments, skip=1))
    bases = [each.dotted for each in classes.lineage(ev, scope) if isinstance(each, External)]
    if "typing.TypedDict" in bases:
        return Map(tuple((plain(name), values) for name, values in arguments.keywords))
    names = classes.fields_of(ev, scope)
    given = list(zip(names, arguments.positional, strict=False))
    return Instance(scope, (*given, *arguments.keywords))


def initial_frame(ev: Evaluator, value: Instance, scope: Scope, method: Scope) -> Frame:
    """Return the frame in which a class's initializer runs for an instance."""
    parent = ev.open_frame(scope)
    first = find_initializer(ev, value.scope)
    if method.name != "__init__" or first is None or value.arguments is None:
        return ev.frame(method, None, value, parent)
    if first is method:
        return ev.frame(method, value.arguments, value, parent)
    if first.owner is None or (("initial", value, scope), ev.root) in ev.running:
        return ev.frame(method, None, value, parent)
    outer = ev.frame(first, value.arguments, value, ev.open_frame(first.owner))
    for site in first.sites:
        func = site.node.func
        if isinstance(func, cst.Attribute) and func.attr.value == "__init__":
            explicit = not isinstance(func.value, cst.Call)
            arguments = ev.arguments(site.node, site.point, outer)
            if explicit:
                arguments = Arguments(arguments.positional[1:], arguments.keywords)
            return ev.frame(method, bind(ev, method, arguments, skip=1), value, parent)
    return ev.frame(method, None, value, parent)


def bind(
    ev: Evaluator, scope: Scope, arguments: Arguments, *, skip: int
) -> tuple[tuple[str, Values], ...]:
    """Give each parameter its values; ``skip`` is 1 where the first is the receiver."""
    signature = scope.signature
    positional = signature.positional[skip:]
    bound: dict[str, Values] = {}
    for parameter, values in zip(positional, arguments.positional, strict=False):
        bound[parameter.name] = values
    extra = arguments.positional[len(positional) :]
    names = {parameter.name for parameter in signature.named()}
    spare: list[tuple[Value, Values]] = []
    for name, values in arguments.keywords:
        if name in names:
            bound[name] = values
        else:
            spare.append((plain(name), values))
    for parameter in signature.named()[skip:]:
        if parameter.name in bound:
            continue
        if arguments.rest is not None and parameter in positional:
            bound[parameter.name] = arguments.rest
        elif arguments.others:
            bound[parameter.name] = (Unknown(parameter.name),)
        elif parameter.default is not None and scope.point is not None:
            frame = ev.open_frame(scope.point.scope)
            bound[parameter.name] = ev.evaluate(parameter.default, scope.point, frame)
        else:
            bound[parameter.name] = (Unknown(parameter.name),)
    if signature.star is not None:
        bound[signature.star] = (Seq(extra, exact=arguments.rest is None),)
    if signature.double_star is not None:
        bound[signature.double_star] = (Map(tuple(spare), exact=not arguments.others),)
    return tuple(bound.items())


def called_frame(ev: Evaluator, function: Function, arguments: Arguments) -> Frame:
    """Return the frame in which a call runs a function."""
    bound = function.receiver
    scope = function.scope
    skip = 0
    if classes.receiver_name(scope) is not None:
        skip = 1
        if bound is None and arguments.positional:
            # Called through the class: the first argument is the object.
            bound = arguments.positional[0][0]
            arguments = Arguments(
                arguments.positional[1:], arguments.keywords, arguments.rest, arguments.others
            )
    return ev.frame(scope, bind(ev, scope, arguments, skip=skip), bound, function.closure)


def returned(ev: Evaluator, function: Function, arguments: Arguments) -> Values:
    """Return what calling a function of the project returns."""
    scope = function.scope
    frame = called_frame(ev, function, arguments)
    key = (("return", scope), frame)
    if key in ev.running or ev.calls >= CALLS:
        ev.cuts += 1
        return UNKNOWN
    ev.running.add(key)
    ev.calls += 1
    try:
        if scope.yields:
            elements = [ev.evaluate(node, point, frame) for node, point in scope.yields]
            return (Seq(tuple(elements), exact=False),)
        if not scope.results:
            return (Const(None),)
        return union([ev.evaluate(node, point, frame) for node, point in scope.results])
    finally:
        ev.calls -= 1
        ev.running.discard(key)


def answered(ev: Evaluator, value: Value, name: str, *given: Values) -> Values | None:
    """Return what a special method of the project's returns, None where it defines none."""
    if not isinstance(value, Instance):
        return None
    for each in classes.lineage(ev, value.scope):
        for binding in [] if isinstance(each, External) else each.bindings.get(name, []):
            if binding.scope is not None:
                function = Function(binding.scope, value, ev.open_frame(binding.point.scope))
                return returned(ev, function, Arguments(given))
    return None


def printed(ev: Evaluator, values: Values) -> Values:
    """Return values as ``str`` shows them."""
    if not any(isinstance(value, Instance) for value in values):
        return values
    return union([answered(ev, value, "__str__") or (value,) for value in values])


def decorated(ev: Evaluator, scope: Scope, bound: Value | None, frame: Frame) -> Values:
    """Return a function as the name of its definition holds it: wrappers are seen through."""
    del ev
    return (Function(scope, bound, frame),)


def annotated(
    ev: Evaluator, annotation: cst.BaseExpression | None, point: Point, frame: Frame
) -> Values | None:
    """Return the instances that an annotation promises, None where it names no class."""
    if annotation is None:
        return None
    match annotation:
        case cst.SimpleString():
            text = known_text(ev.evaluate(annotation, point, frame)[0]) or ""
            name = text.partition("|")[0].strip()
            if not name.isidentifier():
                return None
            values = naming.look_up(ev, name, _outside(point), frame.parent or ev.root)
        case cst.BinaryOperation(left=left, operator=cst.BitOr()):
            return annotated(ev, left, point, frame)
        case cst.Subscript(value=value, slice=[element]) if isinstance(
            element.slice, cst.Index
        ) and isinstance(value, (cst.Name, cst.Attribute)):
            last = value.value if isinstance(value, cst.Name) else value.attr.value
            inner = element.slice.value if last in {"Optional", "Annotated"} else None
            return annotated(ev, inner, point, frame)
        case cst.Name() | cst.Attribute():
            values = ev.evaluate(annotation, _outside(point), frame.parent or ev.root)
        case _:
            return None
    return _instances(ev, values[0])


def _outside(point: Point) -> Point:
    """Return the moment of a function's definition: where its annotations are read."""
    scope = point.scope
    if scope.kind is ScopeKind.FUNCTION and point.order == 0 and scope.point is not None:
        return scope.point
    return point


def _instances(ev: Evaluator, value: Value) -> Values | None:
    if isinstance(value, ClassValue):
        return classes.instances_of(ev, value.scope)
    if isinstance(value, External) and value.dotted.partition(".")[0] not in {
        "builtins", "typing", "typing_extensions", "collections", "abc",
    }:  # fmt: skip
        return (Made(value.dotted, Arguments()),)
    return None
