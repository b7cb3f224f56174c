"""What the elements of a value are, and what calling something outside the project does."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Literal

from migrator.evaluate import (
    attributes,
    calling,
    classes,
    comparing,
    library,
    methods,
    naming,
    settings,
    strings,
)
from migrator.evaluate.domain import (
    NO_ARGUMENTS,
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
    Seq,
    Str,
    Super,
    Unknown,
    drawn_from,
    known_text,
    plain,
    union,
    whole_number,
)

if TYPE_CHECKING:
    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.scopes import Point

_CONSTANTS: dict[str, bool | None] = {"None": None, "True": True, "False": False}


_BUILTINS = frozenset(dir(builtins))


def named_builtin(name: str) -> Values:
    """Return a name that no scope of the module binds."""
    if name in _CONSTANTS:
        return (Const(_CONSTANTS[name]),)
    return (
        (External(f"builtins.{name}"),) if name in _BUILTINS else (Unknown(name, ("name", name)),)
    )


def entered(ev: Evaluator, value: Value) -> Values:
    """Return what a with statement binds: most context managers enter as themselves."""
    if isinstance(value, Made) and value.dotted in {"contextlib.nullcontext", "contextlib.closing"}:
        return value.arguments.at(0, "enter_result", "thing") or UNKNOWN
    if isinstance(value, Seq):
        return union(list(value.elements))
    if isinstance(value, Instance):
        for name in ("__enter__", "__aenter__"):
            for binding in value.scope.bindings.get(name, ()):
                if binding.scope is not None:
                    frame = ev.open_frame(value.scope)
                    found = calling.returned(ev, Function(binding.scope, value, frame), Arguments())
                    if not all(isinstance(each, (Unknown, Const)) for each in found):
                        return found
    return (value,)


def unpacked(value: Value, step: int | slice) -> Values:
    """Return one element of a value that is unpacked, or a starred rest of them."""
    match value, step:
        case Seq(elements), int():
            if -len(elements) <= step < len(elements) and value.exact:
                return elements[step]
            return union([*elements, UNKNOWN])
        case Seq(elements), slice():
            return (Seq(elements[step] if value.exact else elements, value.exact),)
        case _:
            return UNKNOWN


def iterated(ev: Evaluator, value: Value) -> list[Values] | None:
    """Return what a loop over a value yields, None where that is not known."""
    match value:
        case Seq(elements):
            return list(elements)
        case Map(items):
            return [(key,) for key, _ in items]
        case ClassValue(scope):
            return classes.members(ev, scope)
        case _:
            return None


def item(ev: Evaluator, value: Value, key: Value) -> Values:
    """Return ``value[key]``; every value it holds where the key is not known."""
    match value:
        case Map(items):
            text = known_text(key)
            if text is not None or isinstance(key, Const):
                for known, values in items:
                    if known == key or (text is not None and known_text(known) == text):
                        return values
                return UNKNOWN
            return union([values for _, values in items] or [UNKNOWN])
        case Seq(elements):
            # Where there may be others among them, no element has a known place.
            number = whole_number(key)
            if value.exact and number is not None and -len(elements) <= number < len(elements):
                return elements[number]
            return union(list(elements) or [UNKNOWN])
        case External("os.environ" | "environ"):
            name = known_text(key)
            return settings.variable(ev, name) or (Unknown(None, ("env", name)),)
        case Made(dotted, given) if drawn_from(value):
            # match["name"] is a group, as match.group("name") is.
            return (Made(f"{dotted}.group", given),)
        case Made(dotted) if dotted in settings.PARSERS:
            return settings.section(ev, value, (key,)) or UNKNOWN
        case External() | Method() if settings.holds_settings(value):
            return settings.constant(ev, known_text(key) or "") or UNKNOWN
        case ClassValue(scope) if not classes.is_enum(ev, scope):
            # Repository[Item]: the class, whatever it is of.
            return (value,)
        case ClassValue(scope):
            text = known_text(key)
            return (
                attributes.attribute(ev, value, text, scope.point)
                if text and scope.point
                else UNKNOWN
            )
        case Str():
            return UNKNOWN
        case Instance():
            return calling.answered(ev, value, "__getitem__", (key,)) or UNKNOWN
        case Unknown(name, inner):
            return (Unknown(None, (inner, name, known_text(key))),)
        case _:
            return UNKNOWN


def sliced(  # a bound is no flag
    value: Value,
    start: int | Literal[False] | None,
    end: int | Literal[False] | None,
    step: int | Literal[False] | None,
) -> Values:
    """Return ``value[start:end:step]``; a bound that is not known is False."""
    if start is False or end is False or step is False or step == 0:
        return UNKNOWN
    if isinstance(value, Str) and value.pieces and step in {None, 1}:
        return (strings.cut(value, start, end),)
    if isinstance(value, Seq) and value.exact:
        return (Seq(value.elements[start:end:step]),)
    return UNKNOWN


def call(ev: Evaluator, callee: Value, arguments: Arguments, point: Point, frame: Frame) -> Values:
    """Return what calling something outside the project returns."""
    match callee:
        case External("builtins.super"):
            return _super(ev, arguments, point, frame)
        case External("builtins.getattr"):
            return _getattr(ev, arguments, point)
        case External("builtins.str" | "builtins.format") if arguments.positional:
            return library.call_external(
                callee.dotted, Arguments((calling.printed(ev, arguments.positional[0]),))
            )
        case External(dotted) if made := arguments.keyword("default_factory"):
            return union([ev.apply(factory, NO_ARGUMENTS, point, frame) for factory in made])
        case External("builtins.locals"):
            return (_locals(ev, point, frame),)
        case External("builtins.map"):
            return _map(ev, arguments, point, frame)
        case External(dotted) if dotted in settings.ENVIRONMENT:
            return settings.read_variable(ev, arguments)
        case Made(dotted) | Method(Made(dotted)) if dotted in settings.READERS:
            return settings.read_variable(ev, arguments)
        case External(dotted) if dotted in settings.LOADERS:
            return settings.load(ev, dotted, arguments)
        case Method(Made(dotted) as parser, "get") if dotted in settings.PARSERS:
            found = settings.section(ev, parser, arguments.at(0) or UNKNOWN, arguments.at(1))
            return found or arguments.at(-1, "fallback") or UNKNOWN
        case External(dotted) if dotted.endswith(".config.get"):
            return _setting(ev, External(dotted.removesuffix(".get")), arguments)
        case Method(inner, "get") if settings.holds_settings(inner):
            return _setting(ev, inner, arguments)
        case External(dotted):
            return library.call_external(dotted, arguments)
        case Method(receiver, name):
            return methods.call_method(receiver, name, arguments)
        case _:
            return UNKNOWN


def missing(ev: Evaluator, callee: Value, arguments: Arguments, point: Point) -> list[Value]:
    """Return what a call looks up by a known name, and does not find.

    That is an attribute for ``getattr``, or a member for the value that an enum is called with.
    """
    match callee:
        case External("builtins.getattr"):
            holders, keys = arguments.at(0) or (), arguments.at(1) or ()
            return [
                key
                for key in keys
                if (name := known_text(key)) is not None
                for value in holders
                if isinstance(value, (Instance, ClassValue))
                and all(
                    isinstance(each, Unknown)
                    for each in attributes.attribute(ev, value, name, point)
                )
            ]
        case ClassValue(scope) if arguments.positional and classes.is_enum(ev, scope):
            ev.watch(*arguments.positional[0])
            members = union(classes.members(ev, scope) or [UNKNOWN])
            held = union([attributes.attribute(ev, each, "value", point) for each in members])
            return [
                value
                for value in arguments.positional[0]
                if known_text(value) is not None
                and all(comparing.equal(value, each) is False for each in held)
            ]
        case _:
            return []


def _locals(ev: Evaluator, point: Point, frame: Frame) -> Value:
    """Return the names of a function, or of the module, as ``locals()`` has them."""
    scope = point.scope.function or point.scope.module.top
    items = [(plain(name), naming.look_up(ev, name, point, frame)) for name in scope.bindings]
    return Map(tuple(items))


def _setting(ev: Evaluator, holder: Value, arguments: Arguments) -> Values:
    """Return ``config.get(name, default)`` of an application."""
    name = arguments.at(0)
    key = known_text(name[0]) if name else None
    found = settings.constant(ev, key or "") if settings.holds_settings(holder) else None
    return found or arguments.at(1) or UNKNOWN


def _super(ev: Evaluator, arguments: Arguments, point: Point, frame: Frame) -> Values:
    del arguments
    function = point.scope.function
    while function is not None and function.owner is None:
        function = function.parent.function if function.parent else None
    if function is None or function.owner is None:
        return UNKNOWN
    values = classes.receiver(ev, function, frame)
    return tuple(Super(function.owner, value) for value in values)


def _getattr(ev: Evaluator, arguments: Arguments, point: Point) -> Values:
    if len(arguments.positional) < 2:
        return UNKNOWN
    groups: list[Values] = []
    for value in arguments.positional[0]:
        for key in arguments.positional[1]:
            name = known_text(key)
            if name is not None:
                found = attributes.attribute(ev, value, name, point)
                groups.append(found)
                if all(isinstance(each, Unknown) for each in found):
                    groups.extend(arguments.positional[2:3])
            elif isinstance(value, (External, Made)):
                groups.append((Method(value, ""),))
            else:
                groups.append(UNKNOWN)
    return union(groups)


def _map(ev: Evaluator, arguments: Arguments, point: Point, frame: Frame) -> Values:
    if len(arguments.positional) != 2 or len(arguments.positional[1]) != 1:
        return UNKNOWN
    elements = iterated(ev, arguments.positional[1][0])
    if elements is None:
        return UNKNOWN
    function = arguments.positional[0][0]
    given = arguments.positional[1][0]
    exact = given.exact if isinstance(given, (Seq, Map)) else True
    found = tuple(ev.apply(function, Arguments((each,)), point, frame) for each in elements)
    return (Seq(found, exact),)
