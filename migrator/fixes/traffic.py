"""Lists every request that a program is known to make, and every string it puts together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.domain import (
    External,
    Function,
    Method,
    Partial,
    Str,
    Text,
    known_text,
)
from migrator.fixes.routes import Route, Service, find_routes, read_route
from migrator.sinks.libraries import BESIDE_THE_URL, METHOD_FIRST, VERBS
from migrator.sinks.read import Purpose, last_name, read_callee, strings_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.evaluate.callgraph import CallGraph
    from migrator.evaluate.domain import Arguments, Frame, Origin, Value, Values
    from migrator.program.module import Module
    from migrator.program.scopes import Point, Scope, Site

WORDS = ("rest/v", "oauth")
"""What is followed besides the old namespace and Procore's hosts."""

_VERBS = VERBS | METHOD_FIRST
"""Calls by these names are looked at wherever they go: their clients may be shared."""

SENT = frozenset({Purpose.SEND, Purpose.LIKELY})


@dataclass(frozen=True, slots=True)
class Request:
    """One way in which one call is made with a URL.

    ``callee`` and ``arguments`` are those of the library's function, with what a partial
    of it was given; ``spelled`` is the literal that spells the method, where one does.
    """

    site: Site
    purpose: Purpose
    route: Route
    text: Str
    method: str | None
    spelled: Origin | None
    callee: Value
    arguments: Arguments
    receivers: Values = ()
    """What the object may be whose method is called."""
    library: str | None = None

    @property
    def module(self) -> Module:
        """Return the module that the call stands in."""
        return self.site.point.scope.module

    @property
    def is_sent(self) -> bool:
        """Tell whether it is a request, by a library or by the looks of it."""
        return self.purpose in SENT


@dataclass(slots=True)
class Traffic:
    """What a program sends and hands on, and the strings that it puts together."""

    requests: list[Request] = field(default_factory=list)
    strings: dict[Str, tuple[Module, cst.CSTNode]] = field(default_factory=dict)
    """Each string that has a part in a URL, with the first expression that gives it."""


def watch(graph: CallGraph) -> Traffic:
    """Return all requests and strings of the functions reached."""
    traffic = Traffic()
    found: dict[Request, None] = {}
    for scope in list(graph.visited):
        for site in scope.sites:
            if site.node.args and (
                last_name(site.node.func) in _VERBS or graph.carrying.matters(site)
            ):
                found.update(dict.fromkeys(_requests_of(graph, site)))
    traffic.requests = list(found)
    for module in list(graph.evaluator.project.modules):
        for node, point in _expressions(module):
            for text in _texts(graph, node, point):
                traffic.strings.setdefault(text, (module, node))
    return traffic


def _requests_of(graph: CallGraph, site: Site) -> Iterator[Request]:
    ev = graph.evaluator

    def read(frame: Frame) -> tuple[Request, ...]:
        callees = ev.evaluate(site.node.func, site.point, frame)
        arguments = ev.arguments(site.node, site.point, frame)
        receivers: Values = ()
        if isinstance(site.node.func, cst.Attribute):
            receivers = ev.evaluate(site.node.func.value, site.point, frame)
        found: dict[Request, None] = {}
        for callee in callees:
            inner, given = _unwrapped(callee, arguments)
            if isinstance(inner, Function):
                continue
            for handling in read_callee(ev, site, inner, given):
                spelled = _spelled_method(inner, given, handling.method)
                route = read_route(handling.value)
                request = Request(
                    site, handling.purpose, route, handling.value, handling.method, spelled,
                    inner, given, receivers, handling.library,
                )  # fmt: skip
                found[request] = None
        return tuple(found)

    for requests, _ in graph.ways.each(site.point.scope, read):
        yield from requests


def _unwrapped(callee: Value, arguments: Arguments) -> tuple[Value, Arguments]:
    """Return what a partial calls, and with what."""
    while isinstance(callee, Partial):
        arguments = arguments.after(callee.arguments)
        callee = callee.function
    return callee, arguments


def _spelled_method(callee: Value, arguments: Arguments, method: str | None) -> Origin | None:
    """Return the literal that spells the method among the arguments."""
    if method is None:
        return None
    name = ""
    match callee:
        case External(dotted):
            name = dotted.rpartition(".")[2]
        case Method(_, name):
            pass
        case _:
            pass
    if dotted_is_urllib(callee):
        given = arguments.at(5, "method")
    elif name in METHOD_FIRST:
        given = arguments.at(0, "method")
    else:
        given = arguments.keyword("method")
    return origin_of(given, method)


def dotted_is_urllib(callee: Value) -> bool:
    """Tell urllib's requests, whose arguments have an order of their own."""
    return isinstance(callee, External) and callee.dotted.startswith("urllib.request.")


def origin_of(given: Values | None, text: str) -> Origin | None:
    """Return the literal that spells one of some values, None where there is not one alone."""
    for value in given or ():
        if (known_text(value) or "").upper() == text and isinstance(value, Str):
            piece = value.pieces[0] if len(value.pieces) == 1 else None
            if isinstance(piece, Text):
                return piece.origin
    return None


def beside_the_url(request: Request) -> Iterator[tuple[str, Values]]:
    """Yield what a request is given besides its URL and headers, by name."""
    for name in BESIDE_THE_URL:
        values = request.arguments.keyword(name)
        if values is not None and name != "headers":
            yield name, values


# Strings


def _expressions(module: Module) -> Iterator[tuple[cst.BaseExpression, Point]]:
    """Yield the expressions whose values a program holds, hands on, returns or compares."""
    for scope in module.scopes:
        for bindings in scope.bindings.values():
            for binding in bindings:
                if binding.value is not None:
                    yield binding.value, binding.point
        yield from scope.results
        for node, point in scope.yields:
            if isinstance(node, cst.BaseExpression):
                yield node, point
        for site in scope.sites:
            yield site.node, site.point
            for argument in site.node.args:
                yield argument.value, site.point
    for attributes in module.attributes.values():
        for attribute in attributes:
            if attribute.binding.value is not None:
                yield attribute.binding.value, attribute.binding.point
    yield from module.formatted
    for comparison in module.comparisons:
        yield comparison.left, comparison.point
        yield comparison.right, comparison.point


def _texts(graph: CallGraph, node: cst.BaseExpression, point: Point) -> Iterator[Str]:
    """Yield the strings that an expression may give and that have to do with a URL."""
    ev = graph.evaluator

    def read(frame: Frame) -> tuple[Str, ...]:
        return tuple(
            text
            for value in ev.evaluate(node, point, frame)
            for text in strings_in(value)
            if _matters(text)
        )

    if _is_handed_something(graph, point.scope):
        for texts, _ in graph.ways.each(point.scope, read):
            yield from texts
    else:
        yield from read(ev.open_frame(point.scope))


def _matters(text: Str) -> bool:
    return any(
        route.spot is not None or route.service in {Service.API, Service.OAUTH}
        for _, route in find_routes(text)
    )


def _is_handed_something(graph: CallGraph, scope: Scope | None) -> bool:
    while scope is not None:
        if scope in graph.carrying.functions:
            return True
        scope = scope.parent
    return False


def named(site: Site) -> str:
    """Return what a call is called: ``get`` of ``session.get(…)``."""
    return last_name(site.node.func) or "call"
