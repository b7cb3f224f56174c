"""Says which headers a request sends, and what puts them there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import classes
from migrator.evaluate.domain import (
    Const,
    External,
    Instance,
    Made,
    Map,
    Method,
    Super,
    Unknown,
    known_text,
)
from migrator.fixes.holders import Holder, Holders, origin_node
from migrator.fixes.tracking import maker_of
from migrator.program.scopes import Scope
from migrator.sinks.libraries import CLIENT_PACKAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.fixes.ground import Ground
    from migrator.fixes.traffic import Request
    from migrator.program.scopes import Point

HEADER = "Procore-Company-Id"

_MERGING = frozenset(
    {"requests", "requests_oauthlib", "requests_toolbelt", "requests_cache", "niquests"}
    | {"httpx", "aiohttp", "authlib", "cloudscraper"}
)
"""Packages whose clients send their own headers beside those of a call."""

_POSITIONS = {"urllib.request.Request": 2, "http.client": 3, "httplib2": 3}
"""Where the headers stand among positional arguments, where they can."""

_ADDING = frozenset({"add_header", "add_unredirected_header"})

Maker = cst.Call | Scope
"""What a client is known by: the call that makes it, or its class in the project."""


@dataclass(frozen=True, slots=True)
class Given:
    """One dict of headers: the names in it, and what put them there.

    ``unknown`` says what keeps its names from being known; ``spelled`` are the literals
    that spell the header that is looked for.
    """

    names: frozenset[str] = frozenset()
    holders: tuple[Holder, ...] = ()
    unknown: str | None = None
    spelled: frozenset[object] = frozenset()

    is_nothing: bool = False
    """It is None."""

    @property
    def sends(self) -> bool:
        """Tell whether the header is among them."""
        return HEADER.lower() in self.names


@dataclass(slots=True)
class Client:
    """A client of a library that the program makes, and the headers that it always sends."""

    maker: Maker
    dotted: str
    given: list[Given] = field(default_factory=list)

    @property
    def package(self) -> str:
        """Return the package that the client is of."""
        return self.dotted.partition(".")[0]


class Headers:
    """The headers of a program's clients and requests."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.ev: Evaluator = ground.graph.evaluator
        self.holders = Holders(self.ev)
        self._spelled: set[object] = set()
        self._set: list[tuple[Maker, Given]] = list(self._find_set())
        self.added: frozenset[object] = frozenset(self._find_added())
        """The calls that make a request to which the header is added behind them."""

    def client(self, request: Request) -> Client | None:
        """Return the client that sends a request, with its headers; None where none does."""
        callee = request.callee
        made = callee.receiver if isinstance(callee, Method) else None
        if not isinstance(made, Made) or not self.is_merging(request):
            return None
        makers = [m for each in (*request.receivers, made) if (m := self._maker(each)) is not None]
        if not makers:
            return None
        client = Client(makers[0], made.dotted)
        own = made.arguments.keyword("headers")
        client.given.extend(self.read(each) for each in own or () if not _is_none(each))
        client.given.extend(
            given
            for maker, given in self._set
            if any(self._is_same(maker, each) for each in makers)
        )
        return client

    def is_merging(self, request: Request) -> bool:
        """Tell whether a request goes through a client that sends headers of its own."""
        callee = request.callee
        made = callee.receiver if isinstance(callee, Method) else None
        return isinstance(made, Made) and made.dotted.partition(".")[0] in _MERGING

    def spelled(self) -> Iterator[object]:
        """Yield the literals that spell the header where clients are given it."""
        yield from self._spelled
        for _, given in self._set:
            yield from given.spelled

    def call(self, request: Request) -> tuple[Given, ...] | None:
        """Return what a request is given itself, one way each; None where it is nothing."""
        values = given_headers(request)
        if values is None and request.arguments.others:
            return (Given(unknown="it hands on keyword arguments that are not known"),)
        if values is None:
            return None
        return tuple(self.read(value) for value in values)

    def read(self, value: Value) -> Given:
        """Return what is known of a value as headers."""
        if isinstance(value, Made) and value.dotted.endswith(("Headers", "Dict")):
            inner = value.arguments.at(0, "headers", "data")
            value = inner[0] if inner and len(inner) == 1 else Unknown()
        if _is_none(value):
            return Given(unknown="it is given None for its headers", is_nothing=True)
        if not isinstance(value, Map):
            name = value.name if isinstance(value, Unknown) else None
            source = f"`{name}`" if name else "an expression"
            return Given(unknown=f"its headers come from {source}, which is not known")
        texts = [known_text(key) for key, _ in value.items]
        spelled = {origin_node(k) for k, _ in value.items if is_header(known_text(k))}
        known = value.exact and None not in texts
        return Given(
            frozenset(text.lower() for text in texts if text is not None),
            self.holders.of(value),
            None if known else "not all of its headers are known",
            frozenset(spelled),
        )

    # Clients

    def _maker(self, value: Value) -> Maker | None:
        match value:
            case Made():
                return maker_of(value)
            case Super(_, receiver):
                return self._maker(receiver)
            case Instance(scope) if self._is_client_class(scope):
                return scope
            case _:
                return None

    def _is_client_class(self, scope: Scope) -> bool:
        base = classes.external_base(self.ev, scope)
        return base is not None and base.dotted.partition(".")[0] in CLIENT_PACKAGES

    def _is_same(self, one: Maker, other: Maker) -> bool:
        if isinstance(one, Scope) and isinstance(other, Scope):
            ev = self.ev
            return classes.is_subclass(ev, one, other) or classes.is_subclass(ev, other, one)
        return one is other

    def _find_set(self) -> Iterator[tuple[Maker, Given]]:
        """Yield what lines such as ``client.headers.update(…)`` set, and on which clients."""
        for module in list(self.ev.project.modules):
            for target, binding in module.changes:
                if isinstance(target, cst.Attribute) and target.attr.value == "headers":
                    for maker, frame in self._makers(target.value, binding.point):
                        holder = Holder(module, target, binding)
                        yield maker, self._read_change(holder, frame)
            for found in module.attributes.get("headers", ()):
                binding = found.binding
                for maker, frame in self._makers(found.target, binding.point):
                    if binding.value is not None:
                        for value in self.ev.evaluate(binding.value, binding.point, frame):
                            yield maker, self.read(value)

    def _find_added(self) -> Iterator[Maker]:
        """Yield the makers of urllib's requests with ``request.add_header(name, …)``."""
        for module in list(self.ev.project.modules):
            for site in (site for scope in module.scopes for site in scope.sites):
                func = site.node.func
                if not isinstance(func, cst.Attribute) or func.attr.value not in _ADDING:
                    continue
                for maker, frame in self._makers(func.value, site.point):
                    names = self.ev.arguments(site.node, site.point, frame).at(0, "key") or ()
                    if any(is_header(known_text(name)) for name in names):
                        self._spelled.update(map(origin_node, names))
                        yield maker

    def _makers(self, node: cst.BaseExpression, point: Point) -> list[tuple[Maker, Frame]]:
        """Return the clients that an expression may be, each with a frame in which it is."""

        def read(frame: Frame) -> list[tuple[Maker, Frame]]:
            makers = [self._maker(value) for value in self.ev.evaluate(node, point, frame)]
            return [(maker, frame) for maker in makers if maker is not None]

        ways = self.ground.graph.ways.each(point.scope, read)
        return list({maker: (maker, frame) for found, _ in ways for maker, frame in found}.values())

    def _read_change(self, holder: Holder, frame: Frame) -> Given:
        binding = holder.binding
        mutation = binding.mutation if binding is not None else None
        if binding is None or mutation is None:
            return Given()
        given = [self.ev.evaluate(node, binding.point, frame) for node in mutation.arguments]
        if mutation.method == "update":
            maps = [self.read(value) for values in given for value in values]
            named = frozenset(name.lower() for name, _ in mutation.keywords)
            return _joined([*maps, Given(named)])
        if mutation.method in {"__setitem__", "setdefault"} and given:
            texts = [known_text(value) for value in given[0]]
            spelled = {origin_node(value) for value in given[0]}
            return Given(
                frozenset(text.lower() for text in texts if text is not None),
                (holder,) if mutation.method == "__setitem__" else (),
                "not all of its headers are known" if None in texts else None,
                frozenset(spelled) if any(map(is_header, texts)) else frozenset(),
            )
        return Given()


def given_headers(request: Request) -> Values | None:
    """Return the values of a request's headers, None where it is given none."""
    callee = request.callee
    dotted = callee.dotted if isinstance(callee, External) else ""
    if isinstance(callee, Method) and isinstance(callee.receiver, Made):
        dotted = callee.receiver.dotted
    position = next((at for name, at in _POSITIONS.items() if dotted.startswith(name)), -1)
    values = request.arguments.keyword("headers")
    if values is None and 0 <= position < len(request.arguments.positional):
        return request.arguments.positional[position]
    return values


def is_header(text: str | None) -> bool:
    """Tell whether a text is the name of the header, in any case."""
    return text is not None and text.lower() == HEADER.lower()


def _is_none(value: Value) -> bool:
    return isinstance(value, Const) and value.value is None


def _joined(parts: Iterable[Given]) -> Given:
    """Return several dicts, one behind the other, as one."""
    found = tuple(parts)
    return Given(
        frozenset().union(*(each.names for each in found)),
        tuple(dict.fromkeys(holder for each in found for holder in each.holders)),
        next((each.unknown for each in found if each.unknown is not None), None),
        frozenset().union(*(each.spelled for each in found)),
    )
