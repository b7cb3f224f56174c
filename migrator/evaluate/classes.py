"""What a class of the project is: its bases, members, and known instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import attributes
from migrator.evaluate.domain import (
    UNKNOWN,
    ClassValue,
    External,
    Instance,
    Needs,
    Seq,
)
from migrator.program.scopes import BindingKind

if TYPE_CHECKING:
    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.scopes import Scope

_ENUMS = frozenset({"Enum", "StrEnum", "IntEnum", "Flag"})


def bases_of(ev: Evaluator, scope: Scope) -> list[Scope | External]:
    """Return the direct bases of a class, those of other libraries by name."""
    known = ev.bases.get(scope)
    if known is not None:
        return known
    ev.bases[scope] = []
    found: list[Scope | External] = []
    if scope.point is not None:
        frame = ev.open_frame(scope.point.scope)
        for base in scope.bases:
            for value in ev.evaluate(base, scope.point, frame):
                if isinstance(value, ClassValue):
                    found.append(value.scope)
                elif isinstance(value, External):
                    found.append(value)
    ev.bases[scope] = found
    return found


def lineage(ev: Evaluator, scope: Scope) -> list[Scope | External]:
    """Return a class and all it inherits from, in the order in which Python looks."""
    order: list[Scope | External] = []
    seen: set[Scope | External] = set()

    def visit(current: Scope | External) -> None:
        seen.add(current)
        for base in () if isinstance(current, External) else reversed(bases_of(ev, current)):
            if base not in seen:
                visit(base)
        order.append(current)

    # A base that several classes share comes behind all of them.
    visit(scope)
    return order[::-1]


def is_subclass(ev: Evaluator, scope: Scope, base: Scope) -> bool:
    """Tell whether a class is, or inherits from, another."""
    return base in lineage(ev, scope)


def methods_of(ev: Evaluator, scope: Scope) -> list[Scope]:
    """Return the methods of a class, and of all it inherits from."""
    return [
        binding.scope
        for each in lineage(ev, scope)
        if not isinstance(each, External)
        for bindings in each.bindings.values()
        for binding in bindings
        if binding.kind is BindingKind.FUNCTION and binding.scope is not None
    ]


def external_base(ev: Evaluator, scope: Scope) -> External | None:
    """Return the first base that is another library's, if any."""
    return next((each for each in lineage(ev, scope) if isinstance(each, External)), None)


def is_enum(ev: Evaluator, scope: Scope) -> bool:
    """Tell whether a class is an enum."""
    return any(
        isinstance(each, External) and each.dotted.rpartition(".")[2] in _ENUMS
        for each in lineage(ev, scope)
    )


def decorator_names(scope: Scope) -> set[str]:
    """Return the last names of a function's decorators: ``property``, ``staticmethod``."""
    names: set[str] = set()
    for decorator in scope.decorators:
        node = decorator.func if isinstance(decorator, cst.Call) else decorator
        if isinstance(node, cst.Attribute):
            names.add(node.attr.value)
        elif isinstance(node, cst.Name):
            names.add(node.value)
    return names


def receiver_name(scope: Scope) -> str | None:
    """Return the name of the parameter that a method gets its object in."""
    positional = scope.signature.positional
    if scope.owner is None or not positional or "staticmethod" in decorator_names(scope):
        return None
    return positional[0].name


def receiver(ev: Evaluator, scope: Scope, frame: Frame) -> Values:
    """Return the object, or class, that a method runs on."""
    owner = scope.owner
    if owner is None:
        return UNKNOWN
    if frame.receiver is not None:
        return (frame.receiver,)
    ev.rests_on(Needs(scope, None))
    if "classmethod" in decorator_names(scope):
        return (ClassValue(owner),)
    return instances_of(ev, owner)


def instances_of(ev: Evaluator, scope: Scope) -> Values:
    """Return every way in which an instance of a class is known to be made."""
    known = tuple(ev.instances.get(scope, ()))
    return known or (Instance(scope),)


def members(ev: Evaluator, scope: Scope) -> list[Values] | None:
    """Return the members of an enum, None for another class."""
    if not is_enum(ev, scope):
        return None
    names = [
        name
        for name, bindings in scope.bindings.items()
        if bindings[0].kind is BindingKind.ASSIGN and not name.startswith("_")
    ]
    bound = ClassValue(scope)
    return [attributes.class_member(ev, scope, name, scope.bindings[name], bound) for name in names]


def as_tuple(ev: Evaluator, value: Value) -> Value:
    """Return a named tuple as the tuple that it is, anything else as it is."""
    if not isinstance(value, Instance) or value.arguments is None:
        return value
    names = {each.dotted for each in lineage(ev, value.scope) if isinstance(each, External)}
    if "typing.NamedTuple" not in names or value.scope.point is None:
        return value
    point = value.scope.point
    return Seq(
        tuple(attributes.attribute(ev, value, name, point) for name in fields_of(ev, value.scope))
    )


def fields_of(ev: Evaluator, scope: Scope) -> list[str]:
    """Return the annotated names of a class, in the order of a made constructor."""
    names: dict[str, None] = {}
    for each in reversed(lineage(ev, scope)):
        if not isinstance(each, External):
            for name, bindings in each.bindings.items():
                if any(binding.annotation is not None for binding in bindings):
                    names[name] = None
    return list(names)
