"""What an attribute of a value is: of a module, a class, an instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import (
    calling,
    classes,
    commandline,
    fields,
    library,
    mutation,
    naming,
    operators,
    settings,
)
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
    Method,
    ModuleValue,
    Partial,
    Seq,
    Str,
    Super,
    Unknown,
    plain,
    spells,
    union,
)
from migrator.evaluate.joining import URL_PARTS, part_of_url
from migrator.prefilter import NAMESPACE
from migrator.program.scopes import BindingKind
from migrator.sinks.libraries import VERBS

if TYPE_CHECKING:
    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.scopes import Attribute, Binding, Point, Scope

_INITIALIZERS = frozenset({"__post_init__", "__attrs_post_init__"})
_CALLED_ON_READ = frozenset({"property", "cached_property", "abstractproperty"})


def attribute(ev: Evaluator, value: Value, name: str, point: Point) -> Values:
    """Return what ``value.name`` may be."""
    values = _held(ev, value, name, point)
    if isinstance(value, (Instance, ClassValue)) and any(
        isinstance(each, (Seq, Map)) for each in values
    ):
        values = _changed(ev, value.scope, name, values)
    return values


def _changed(ev: Evaluator, scope: Scope, name: str, values: Values) -> Values:
    """Return lists and dicts with what is put into them elsewhere."""
    for found in ev.project.altered_attributes(name):
        key = (found.binding, ev.root)
        if key in ev.running:
            continue
        ev.running.add(key)
        try:
            if _is_of(ev, found, scope):
                frame = ev.open_frame(found.binding.point.scope)
                values = mutation.change(ev, values, found.binding, frame)
        finally:
            ev.running.discard(key)
    return values


def _is_of(ev: Evaluator, found: Attribute, scope: Scope) -> bool:
    """Tell whether an attribute's owner is of a class, one above it, or one below."""
    at = found.binding.point
    owners = ev.evaluate(found.target, at, ev.open_frame(at.scope))
    return any(
        classes.is_subclass(ev, scope, owner.scope) or classes.is_subclass(ev, owner.scope, scope)
        for owner in owners
        if isinstance(owner, (Instance, ClassValue))
    )


def _held(ev: Evaluator, value: Value, name: str, point: Point) -> Values:
    match value:
        case ModuleValue(path):
            return naming.member(ev, path, name)
        case External("django.conf.settings") if found := settings.constant(ev, name):
            return found
        case External(dotted):
            return (External(f"{dotted}.{name}"),)
        case ClassValue(scope):
            return _class_attribute(ev, scope, _unmangled(name), value)
        case Instance():
            return instance_attribute(ev, value, _unmangled(name), point)
        case Super(scope, inner):
            return _super_attribute(ev, scope, inner, name)
        case Unknown(_, key):
            return (Unknown(name, (key, name)),)
        case Str() if name in {"value", "_value_"}:
            return (value,)
        case Made(_, arguments) if (given := arguments.keyword(name)) is not None:
            return given
        case Made(dotted, arguments) if dotted in library.URL_SPLITS and name in URL_PARTS:
            urls = arguments.at(0, "url", "urlstring") or UNKNOWN
            return tuple(part_of_url(url, name) for url in urls)
        case Made(dotted) if dotted.endswith(commandline.PARSED):
            found = commandline.parsed_default(ev, name)
            return (*found, Unknown(name)) if found else (Method(value, name),)
        case Method(Method(Method())):
            # What is that far inside something of a library's builds no URL.
            return (Unknown(name, (value.name, name)),)
        case _:
            return (Method(value, name),)


def _unmangled(name: str) -> str:
    if name.startswith("_") and not name.startswith("__") and "__" in name[1:]:
        return name[name.index("__", 1) :]
    return name


def _class_attribute(ev: Evaluator, scope: Scope, name: str, bound: Value) -> Values:
    for each in classes.lineage(ev, scope):
        if isinstance(each, External):
            continue
        bindings = each.bindings.get(name)
        if bindings:
            values = class_member(ev, each, name, bindings, bound)
            if bindings[-1].kind is BindingKind.FUNCTION:
                return values
            outside = _assigned_outside(ev, scope, name)
            if outside is None:
                return values
            return outside if _is_nothing(values) else union([values, outside])
    outside = _assigned_outside(ev, scope, name)
    if outside:
        return outside
    base = classes.external_base(ev, scope)
    return (Unknown(name, (scope, name)),) if base is None else (External(f"{base.dotted}.{name}"),)


def class_member(
    ev: Evaluator, scope: Scope, name: str, bindings: list[Binding], bound: Value
) -> Values:
    """Return what one class of a lineage binds a name to, as its object sees it."""
    groups: list[Values] = []
    for binding in bindings[-1:] if bindings[-1].point.block is None else bindings:
        frame = ev.open_frame(binding.point.scope)
        if binding.kind is BindingKind.FUNCTION and binding.scope is not None:
            groups.append(_method(ev, binding.scope, bound, frame))
            continue
        values = naming.binding(ev, name, binding, frame)
        if binding.kind is BindingKind.ASSIGN and classes.is_enum(ev, scope):
            values = _enum_member(ev, scope, name, values)
        groups.append(values)
    return union(groups)


def _enum_member(ev: Evaluator, scope: Scope, name: str, values: Values) -> Values:
    names = {
        each.dotted.rpartition(".")[2]
        for each in classes.lineage(ev, scope)
        if isinstance(each, External)
    }
    if all(isinstance(value, Made) and value.dotted == "enum.auto" for value in values):
        values = (plain(name.lower()),) if "StrEnum" in names else UNKNOWN
    if any(spells(value, NAMESPACE) for value in values) and "rest" in scope.module.source.text:
        # Moved, it might be equal to another member, and so be the same one.
        ev.delicate = True
    if names & {"StrEnum", "str"}:
        return values
    initializer = calling.find_initializer(ev, scope)
    if initializer is not None and len(values) == 1:
        given = values[0].elements if isinstance(values[0], Seq) else (values,)
        return (Instance(scope, calling.bind(ev, initializer, Arguments(given), skip=1)),)
    return (Instance(scope, (("value", values), ("_value_", values), ("name", (plain(name),)))),)


def _method(ev: Evaluator, scope: Scope, bound: Value, frame: Frame) -> Values:
    names = classes.decorator_names(scope)
    if "staticmethod" in names:
        return (Function(scope, None, frame),)
    if "classmethod" in names:
        owner = bound.scope if isinstance(bound, (Instance, ClassValue)) else scope.owner
        return (Function(scope, ClassValue(owner), frame),) if owner else UNKNOWN
    if isinstance(bound, ClassValue):
        return (Function(scope, None, frame),)
    function = Function(scope, bound, frame)
    if names & _CALLED_ON_READ:
        return calling.returned(ev, function, Arguments())
    return (function,)


def instance_attribute(ev: Evaluator, value: Instance, name: str, point: Point) -> Values:
    """Return an attribute of an instance: set on it, or found on its class."""
    key = (("attribute", value, name), ev.root)
    if key in ev.running:
        return ev.before.get((value, name), UNKNOWN)
    ev.running.add(key)
    try:
        return _instance_attribute(ev, value, name, point)
    finally:
        ev.running.discard(key)


def _instance_attribute(ev: Evaluator, value: Instance, name: str, point: Point) -> Values:
    del point
    groups: list[Values] = []
    certain = False
    has_fields = calling.find_initializer(ev, value.scope) is None
    if has_fields and value.arguments is not None:
        given = next((values for key, values in value.arguments if key == name), None)
        if given is not None:
            return _after_init(ev, value, name, given)
    for each in classes.lineage(ev, value.scope):
        if isinstance(each, External):
            continue
        for method, bindings in _assigned_inside(each, name).items():
            if method.name in {"__init__", "__new__", *_INITIALIZERS}:
                certain = True
                frame = calling.initial_frame(ev, value, each, method)
            else:
                frame = ev.frame(method, None, value, ev.open_frame(each))
            before = union(groups) if groups else UNKNOWN
            if not groups and bindings[0].kind is BindingKind.AUGMENT:
                before = _class_attribute(ev, value.scope, name, value)
            groups.append(_in_order(ev, (value, name), bindings, frame, before))
    useful = [group for group in groups if not _is_nothing(group)]
    if useful and certain:
        outside = _assigned_outside(ev, value.scope, name)
        return union(useful if outside is None else [*useful, outside])
    inherited = _class_attribute(ev, value.scope, name, value)
    inherited = fields.fill_nested(ev, value, name, inherited)
    if setting := fields.given_field(ev, value, name):
        return setting if isinstance(inherited[0], Unknown) else union([setting, inherited])
    if useful:
        known = [inherited] if not isinstance(inherited[0], (Unknown, External)) else []
        return union([*useful, *known])
    if isinstance(inherited[0], External):
        return (_library_method(ev, value, name),)
    if isinstance(inherited[0], Unknown):
        made_up = calling.answered(ev, value, "__getattr__", (plain(name),))
        return made_up or (union(groups) if groups else inherited)
    return inherited


def _after_init(ev: Evaluator, value: Instance, name: str, given: Values) -> Values:
    """Return what a field that was given holds behind ``__post_init__``, which may set it."""
    for each in classes.lineage(ev, value.scope):
        if isinstance(each, External):
            continue
        for method, bindings in _assigned_inside(each, name).items():
            if method.name in _INITIALIZERS:
                frame = ev.frame(method, None, value, ev.open_frame(each))
                return _in_order(ev, (value, name), bindings, frame, given, given)
    return given


def _library_method(ev: Evaluator, value: Instance, name: str) -> Value:
    """Return a method that a class inherits from a library's client.

    The verbs of requests and httpx call ``request``: where a class of the project
    overrides that, it is what runs.
    """
    if name in VERBS:
        for each in classes.lineage(ev, value.scope):
            bindings = [] if isinstance(each, External) else each.bindings.get("request", [])
            for binding in bindings:
                if binding.scope is not None:
                    function = Function(binding.scope, value, ev.open_frame(binding.point.scope))
                    return Partial(function, Arguments(((plain(name.upper()),),)))
    return Method(library_object(ev, value), name)


def _is_nothing(values: Values) -> bool:
    return all(isinstance(value, Const) and value.value is None for value in values)


def _in_order(
    ev: Evaluator,
    owned: tuple[Instance, str],
    bindings: list[Binding],
    frame: Frame,
    before: Values,
    values: Values | None = None,
) -> Values:
    """Return what an attribute that held ``before`` holds after a method that sets it.

    ``owned`` is the attribute by its object and its name; ``values`` are what it holds where
    the method does not set it.
    """
    outer = ev.before.get(owned)
    for binding in bindings:
        ev.before[owned] = values or before
        found = _set_to(ev, owned[1], binding, frame, values or before)
        ev.before[owned] = outer or UNKNOWN
        certain = values is None or binding.point.block is None
        values = found if certain else union([values or UNKNOWN, found])
    return values or UNKNOWN


def _set_to(ev: Evaluator, name: str, binding: Binding, frame: Frame, before: Values) -> Values:
    """Return what a statement sets an attribute to that held ``before``."""
    if binding.kind is BindingKind.AUGMENT and binding.value and binding.operator:
        added = ev.evaluate(binding.value, binding.point, frame)
        return operators.operate(binding.operator, before, added)
    return naming.binding(ev, name, binding, frame)


def _assigned_inside(scope: Scope, name: str) -> dict[Scope, list[Binding]]:
    """Return the bindings in a class's own methods that set an attribute of the object."""
    found: dict[Scope, list[Binding]] = {}
    for each in scope.module.set_attributes(name):
        method = each.binding.point.scope.function
        if method is not None and method.owner is scope and _is_receiver(each.target, method):
            found.setdefault(method, []).append(each.binding)
    return found


def _own_class(ev: Evaluator, found: Attribute) -> Scope | None:
    """Return the class of which a method sets an attribute of its own object there, if any."""
    if found not in ev.own_classes:
        method = found.binding.point.scope.function
        is_own = method is not None and _is_receiver(found.target, method)
        ev.own_classes[found] = method.owner if method is not None and is_own else None
    return ev.own_classes[found]


def _is_receiver(node: cst.BaseExpression, method: Scope) -> bool:
    """Tell whether code of a method is the name that it has for its own object."""
    return isinstance(node, cst.Name) and node.value == classes.receiver_name(method)


def _assigned_outside(ev: Evaluator, scope: Scope, name: str) -> Values | None:
    """Return what other code sets an attribute of a class, or of an instance of it, to."""
    groups: list[Values] = []
    kin = {*classes.lineage(ev, scope)}
    for found in ev.project.set_attributes(name):
        # In a large program, nearly all are set by methods of other classes, on their own object.
        own = _own_class(ev, found)
        if own is not None and own not in kin:
            continue
        at = found.binding.point
        function = at.scope.function
        if function is not None and function.owner is scope:
            continue
        frame = ev.open_frame(at.scope)
        owners = {
            value.scope
            for value in ev.evaluate(found.target, at, frame)
            if isinstance(value, (Instance, ClassValue))
        }
        if not kin.isdisjoint(owners):
            groups.append(_set_to(ev, name, found.binding, frame, UNKNOWN))
    return union(groups) if groups else None


def _super_attribute(ev: Evaluator, scope: Scope, inner: Value, name: str) -> Values:
    start = inner.scope if isinstance(inner, (Instance, ClassValue)) else scope
    order = classes.lineage(ev, start)
    later = order[order.index(scope) + 1 :] if scope in order else order[1:]
    for each in later:
        if isinstance(each, External):
            made = library_object(ev, inner) if isinstance(inner, Instance) else None
            return (Method(made, name),) if made else (External(f"{each.dotted}.{name}"),)
        bindings = each.bindings.get(name)
        if bindings:
            return class_member(ev, each, name, bindings, inner)
    return (Unknown(name),)


def library_object(ev: Evaluator, value: Instance) -> Made:
    """Return what an instance is to the library whose class it inherits from."""
    base = classes.external_base(ev, value.scope)
    dotted = base.dotted if base is not None else "builtins.object"
    initializer = calling.find_initializer(ev, value.scope)
    if initializer is None or initializer.owner is None:
        given = value.arguments or ()
        return Made(dotted, Arguments(keywords=tuple(given)))
    frame = calling.initial_frame(ev, value, initializer.owner, initializer)
    for site in initializer.sites:
        func = site.node.func
        if isinstance(func, cst.Attribute) and func.attr.value == "__init__":
            return Made(dotted, ev.arguments(site.node, site.point, frame))
    return Made(dotted, Arguments())
