"""What a name holds: scopes, bindings, parameters, imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.evaluate import builtin, calling, classes, commandline, mutation, operators
from migrator.evaluate.domain import (
    UNKNOWN,
    Choice,
    ClassValue,
    Const,
    External,
    ModuleValue,
    Needs,
    Seq,
    Unknown,
    known_text,
    union,
)
from migrator.evaluate.reaching import reaching
from migrator.program.scopes import BindingKind, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from migrator.evaluate.domain import Frame, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.module import Module
    from migrator.program.scopes import Binding, Import, Point, Scope


_MANY = 50
"""A name bound more often may be a chain too long to be followed from its end."""


def look_up(ev: Evaluator, name: str, point: Point, frame: Frame) -> Values:
    """Return the values of a name, by Python's rules of scope."""
    scope: Scope | None = point.scope
    current: Frame | None = frame
    at: Point | None = point
    since: Point | None = None
    while scope is not None and current is not None:
        if name in scope.global_names:
            return exported(ev, scope.module, name)
        bindings = scope.bindings.get(name)
        if bindings and (scope.kind is not ScopeKind.CLASS or scope is point.scope):
            values = _bound(ev, scope, name, bindings, at, since, current)
            if values is not None:
                return values
        if scope.kind is ScopeKind.FUNCTION:
            current, at = current.parent, None
        elif at is not None and scope.kind is ScopeKind.CLASS:
            at = scope.point
        elif at is not None and scope.parent is not None:
            at = type(at)(scope.parent, at.order, at.block)
        since = scope.point
        scope = scope.parent
    module = point.scope.module
    return starred(ev, module, name) or builtin.named_builtin(name)


def _bound(
    ev: Evaluator,
    scope: Scope,
    name: str,
    bindings: list[Binding],
    at: Point | None,
    since: Point | None,
    frame: Frame,
) -> Values | None:
    """Return what a scope binds a name to: ``at`` a moment, or at any ``since`` one."""
    if len(bindings) > _MANY:
        _prepare(ev, bindings, frame)
    choices: list[Choice] = []
    # What a function binds by ``global`` holds once somebody has called it: at any time.
    own, foreign = _by_scope(scope, name, bindings)
    if scope.kind is ScopeKind.COMPREHENSION:
        found = own
    elif at is not None:
        found, choices = reaching(own, at, dict(frame.choices))
    elif since is not None:
        before, _ = reaching(own, since, {})
        found = [*before, *(each for each in own if each.point.order >= since.order)]
    else:
        found = own
    if not found and not foreign:
        return None
    for choice in choices:
        ev.rests_on(choice)
    return union(
        [binding(ev, name, each, frame) for each in found]
        + [binding(ev, name, each, _frame_of(ev, each)) for each in foreign]
    )


def _by_scope(
    scope: Scope, name: str, bindings: list[Binding]
) -> tuple[list[Binding], list[Binding]]:
    """Part the bindings of a name into those of its own scope and those of other code."""
    if name not in scope.shared:
        return bindings, []
    own = [each for each in bindings if each.point.scope.function is scope.function]
    return own, [each for each in bindings if each.point.scope.function is not scope.function]


def _prepare(ev: Evaluator, bindings: list[Binding], frame: Frame) -> None:
    """Evaluate what a name is bound to in source order: each may build on the one before."""
    key = (bindings[0], frame)
    if key not in ev.prepared:
        ev.prepared.add(key)
        for each in bindings:
            if each.value is not None and each.kind is BindingKind.ASSIGN:
                ev.evaluate(each.value, each.point, frame)


def exported(ev: Evaluator, module: Module, name: str) -> Values:
    """Return what a module's name holds once the module has been run."""
    bindings = module.top.bindings.get(name)
    if bindings:
        end = type(bindings[0].point)(module.top, 1 << 60, None)
        own, inner = _by_scope(module.top, name, bindings)
        found, _ = reaching(own, end, {})
        return union([binding(ev, name, each, _frame_of(ev, each)) for each in (*found, *inner)])
    return starred(ev, module, name) or (Unknown(name, (module, name)),)


def _frame_of(ev: Evaluator, binding: Binding) -> Frame:
    """Return an open frame for the code that a binding stands in."""
    return ev.open_frame(binding.point.scope)


def starred(ev: Evaluator, module: Module, name: str) -> Values | None:
    """Return what ``from … import *`` brings in under a name."""
    key = (("star", module, name), ev.root)
    if name.startswith("__") or key in ev.running:
        return None
    ev.running.add(key)
    try:
        for found in reversed(module.star_imports):
            path = ev.project.resolve(module.path, found.level, found.module)
            other = ev.project.module(path) if path and not path.endswith("/") else None
            if other is not None and not _offers(ev, other, name):
                continue
            if other is not None and (name in other.top.bindings or other.star_imports):
                values = exported(ev, other, name)
                if not isinstance(values[0], Unknown) or name in other.top.bindings:
                    return values
    finally:
        ev.running.discard(key)
    return None


def _offers(ev: Evaluator, module: Module, name: str) -> bool:
    """Tell whether a star import of a module takes a name: all of them, or those in ``__all__``."""
    if "__all__" not in module.top.bindings:
        return True
    listed = exported(ev, module, "__all__")
    return not all(
        isinstance(value, Seq)
        and value.exact
        and not any(known_text(each) == name for values in value.elements for each in values)
        for value in listed
    )


def binding(ev: Evaluator, name: str, binding: Binding, frame: Frame) -> Values:
    """Return the values that one binding gives a name."""
    match binding.kind:
        case BindingKind.ASSIGN | BindingKind.ENTER:
            values = _assigned(ev, binding, frame)
        case BindingKind.ELEMENT:
            values = _element(ev, binding, frame)
        case BindingKind.AUGMENT:
            values = _kept(ev, (binding, frame), lambda: _augmented(ev, name, binding, frame))
        case BindingKind.MUTATE:
            values = _kept(ev, (binding, frame), lambda: _mutated(ev, name, binding, frame))
        case BindingKind.PARAMETER:
            values = parameter(ev, name, binding, frame)
        case BindingKind.FUNCTION if binding.scope is not None:
            values = calling.decorated(ev, binding.scope, None, frame)
        case BindingKind.CLASS if binding.scope is not None:
            values = (ClassValue(binding.scope),)
        case BindingKind.IMPORT if binding.imported is not None:
            values = imported(ev, binding.point.scope.module, binding.imported)
        case _:
            annotated = calling.annotated(ev, binding.annotation, binding.point, frame)
            values = annotated or (Unknown(name, binding),)
    return values


def _assigned(ev: Evaluator, binding: Binding, frame: Frame) -> Values:
    if binding.value is None:
        return UNKNOWN
    values = ev.evaluate(binding.value, binding.point, frame)
    if binding.kind is BindingKind.ENTER:
        values = union([builtin.entered(ev, value) for value in values])
    if binding.path and len(values) > 1:
        # What is unpacked together belongs together: a method and its path.
        chosen = dict(frame.choices).get(binding.value)
        if chosen is None:
            ev.rests_on(Choice(binding.value, tuple(range(len(values)))))
        else:
            values = values[chosen : chosen + 1] or values
    for step in binding.path:
        values = union([builtin.unpacked(classes.as_tuple(ev, v), step) for v in values])
    if all(isinstance(value, Unknown) for value in values):
        annotated = calling.annotated(ev, binding.annotation, binding.point, frame)
        return annotated or values
    return values


def _element(ev: Evaluator, binding: Binding, frame: Frame) -> Values:
    if binding.value is None:
        return UNKNOWN
    chosen = dict(frame.choices).get(binding.value)
    groups: list[Values] = []
    for value in ev.evaluate(binding.value, binding.point, frame):
        elements = builtin.iterated(ev, value)
        if elements is None:
            groups.append(UNKNOWN)
            continue
        if len(elements) > 1:
            if chosen is not None:
                elements = elements[chosen : chosen + 1]
            else:
                ev.rests_on(Choice(binding.value, tuple(range(len(elements)))))
        groups.extend(elements)
    values = union(groups)
    for step in binding.path:
        values = union([builtin.unpacked(classes.as_tuple(ev, v), step) for v in values])
    return values


def _kept(ev: Evaluator, key: tuple[Binding, Frame], compute: Callable[[], Values]) -> Values:
    """Compute once what builds on the value before: each of n ifs would double the work."""
    if key in ev.running:
        return UNKNOWN
    if key not in ev.built:
        ev.running.add(key)
        try:
            ev.built[key] = ev.with_basis(compute)
        finally:
            ev.running.discard(key)
    values, basis = ev.built[key]
    for each in basis:
        ev.rests_on(each)
    return values


def _augmented(ev: Evaluator, name: str, binding: Binding, frame: Frame) -> Values:
    if binding.value is None or binding.operator is None:
        return UNKNOWN
    before = look_up(ev, name, binding.point, frame)
    added = ev.evaluate(binding.value, binding.point, frame)
    return operators.operate(binding.operator, before, added)


def _mutated(ev: Evaluator, name: str, binding: Binding, frame: Frame) -> Values:
    return mutation.change(ev, look_up(ev, name, binding.point, frame), binding, frame)


def parameter(ev: Evaluator, name: str, binding: Binding, frame: Frame) -> Values:
    """Return the values of a parameter: what the frame was given, else its default."""
    scope = binding.point.scope
    if scope.owner is not None and classes.receiver_name(scope) == name:
        return classes.receiver(ev, scope, frame)
    given = frame.argument(name)
    if given is not None:
        if all(isinstance(value, Unknown) for value in given):
            return calling.annotated(ev, binding.annotation, binding.point, frame) or given
        return given
    ev.rests_on(Needs(scope, name))
    annotated = calling.annotated(ev, binding.annotation, binding.point, frame)
    if annotated is not None:
        return annotated
    for parameter in scope.signature.named():
        if parameter.name == name and parameter.default is not None:
            at = scope.point or binding.point
            default = ev.evaluate(parameter.default, at, frame.parent or ev.root)
            if not all(isinstance(value, Const) and value.value is None for value in default):
                return (*default, Unknown(name, binding))
    given = commandline.decorated_default(ev, scope, name) if scope.decorators else None
    return (*given, Unknown(name, binding)) if given else (Unknown(name, binding),)


def imported(ev: Evaluator, module: Module, found: Import) -> Values:
    """Return what an import statement binds."""
    path = ev.project.resolve(module.path, found.level, found.module)
    if path is None:
        dotted = ".".join(part for part in (found.module, found.name) if part)
        return (External(dotted),)
    if found.name is None:
        return (ModuleValue(path),)
    return member(ev, path, found.name)


def member(ev: Evaluator, path: str, name: str) -> Values:
    """Return an attribute of a module: a name bound in it, or a module inside it."""
    module = None if path.endswith("/") else ev.project.module(path)
    if module is not None and name in module.top.bindings:
        key = (("member", path, name), ev.root)
        if key not in ev.running:
            ev.running.add(key)
            try:
                return exported(ev, module, name)
            finally:
                ev.running.discard(key)
    # A package that says `from . import part` binds what it looks for.
    inner = ev.project.submodule(path, name)
    if inner is not None:
        return (ModuleValue(inner),)
    if module is not None:
        return starred(ev, module, name) or (Unknown(name, (path, name)),)
    return (Unknown(name, (path, name)),)
