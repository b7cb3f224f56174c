"""Which functions can be handed the namespace: the only ones whose callers need be known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import calling, classes
from migrator.evaluate.commandline import PARSED
from migrator.evaluate.domain import (
    ClassValue,
    External,
    Function,
    Instance,
    Made,
    Map,
    Method,
    ModuleValue,
    Needs,
    Partial,
    Seq,
    Str,
    Text,
)
from migrator.prefilter import HOST, NAMESPACE, mentions, mentions_either

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from migrator.evaluate.domain import Arguments, Value
    from migrator.evaluate.evaluator import Evaluator
    from migrator.evaluate.ways import Caller
    from migrator.program.carriers import Carriers
    from migrator.program.module import Module
    from migrator.program.scopes import Point, Scope, Site

_DEPTH = 6
_REST = re.compile(r"(?:^|[/\0])rest(?:[/\0]|$)")
_HEAD = re.compile(r"(?:^|/)v(?:a(?:pi?)?)?$")
"""The first part of the word, to be put together later."""


_CHANGED = "rest/v1"
"""What stands in the namespace's place where changes are tried."""


class Carrying:
    """Follows the namespace forwards, call by call, without telling ways apart.

    It errs on the side of too many: what it leaves out cannot take part in a vapid URL.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        callers: Mapping[Scope, list[Caller]],
        carriers: Carriers | None = None,
    ) -> None:
        self.evaluator = evaluator
        self.callers = callers
        self.carriers = carriers
        self.rest = False
        """Follow the Rest namespace as well."""
        self.splits = True
        """Follow the first part of the word as well, to be put together later."""
        self.functions: set[Scope] = set()
        self.also: tuple[str, ...] = ()
        """More words than the namespace that are followed."""
        self._modules: dict[Module, bool] = {}
        self._owners: set[Scope] | None = None

    def update(self) -> None:
        """Add the functions that calls, known by now, hand the namespace to."""
        self._owners = None  # there may be more instances by now
        pending = [scope for scope in self.callers if scope not in self.functions]
        while True:
            reached = [scope for scope in pending if self._is_handed_it(scope)]
            if not reached:
                return
            self.functions.update(reached)
            pending = [scope for scope in pending if scope not in self.functions]

    def matters(self, site: Site) -> bool:
        """Tell whether a call can have to do with the namespace."""
        return self._runs_in_one(site.point.scope) or self._hands_it_over(site)

    def _runs_in_one(self, scope: Scope | None) -> bool:
        while scope is not None:
            if scope in self.functions:
                return True
            scope = scope.parent
        return False

    def _is_handed_it(self, scope: Scope) -> bool:
        return any(
            self._hands_it_over(caller.site)
            or self._carries_arguments(caller.given, 0)
            or (caller.function.receiver and self.carries(caller.function.receiver))
            for caller in self.callers[scope]
        )

    def is_reached(self, point: Point, nodes: Sequence[cst.BaseExpression]) -> bool:
        """Tell whether expressions at a point can have to do with the namespace."""
        return self._runs_in_one(point.scope) or self._are_handed_it(point, nodes)

    def _hands_it_over(self, site: Site) -> bool:
        func = site.node.func
        nodes = [argument.value for argument in site.node.args]
        nodes.append(func.value if isinstance(func, cst.Attribute) else func)
        return self._are_handed_it(site.point, nodes)

    def _are_handed_it(self, point: Point, nodes: Sequence[cst.BaseExpression]) -> bool:
        ev = self.evaluator
        frame = ev.open_frame(point.scope)
        for node in nodes:
            values, basis = ev.evaluate_with_basis(node, point, frame)
            if any(isinstance(need, Needs) and need.scope in self.functions for need in basis):
                return True
            if any(self.carries(value) for value in values):
                return True
        return False

    def carries(self, value: Value, depth: int = 0) -> bool:
        """Tell whether the namespace is in a value, or in the class or function that it is."""
        if depth > _DEPTH:
            return True
        deeper = depth + 1
        match value:
            case Str(pieces):
                texts = [piece.text if isinstance(piece, Text) else "\0" for piece in pieces]
                text = "".join(texts)
                if self.evaluator.changes and _CHANGED in text:
                    return True
                if NAMESPACE in text or HOST in text:
                    return True
                if self.splits and any(map(_HEAD.search, texts)):
                    return True
                if self.rest and _REST.search(text) is not None:
                    return True
                return any(word in text for word in self.also)
            case Seq(elements):
                return any(self.carries(v, deeper) for values in elements for v in values)
            case Map(items):
                return any(self.carries(v, deeper) for key, values in items for v in (key, *values))
            case Instance(scope, arguments):
                return (
                    self._is_of_one(scope)
                    or self._is_set_up(scope)
                    or any(self.carries(v, deeper) for _, values in arguments or () for v in values)
                )
            case ClassValue(scope):
                return self._is_of_one(scope) or self._is_set_up(scope)
            case Function(scope):
                return scope in self.functions or self._mentions(scope)
            case Partial(function, given):
                return self.carries(function, deeper) or self._carries_arguments(given, deeper)
            case Made(dotted, given):
                return dotted.endswith(PARSED) or self._carries_arguments(given, deeper)
            case Method(receiver):
                return self.carries(receiver, deeper)
            case ModuleValue(path):
                return self.carriers is None or path in self.carriers.units
            case _:
                return False

    def _carries_arguments(self, given: Arguments, depth: int) -> bool:
        groups = [*given.positional, *(values for _, values in given.keywords)]
        return any(self.carries(value, depth) for values in groups for value in values)

    def _is_of_one(self, scope: Scope) -> bool:
        """Tell whether a class, or one it inherits from, has to do with the namespace."""
        initializer = calling.find_initializer(self.evaluator, scope)
        return initializer in self.functions or any(
            self._mentions(each)
            for each in classes.lineage(self.evaluator, scope)
            if not isinstance(each, External)
        )

    def _is_set_up(self, scope: Scope) -> bool:
        """Tell whether code where the namespace may be sets an attribute of a class's objects."""
        if self._owners is None:
            self._owners = set(self._find_owners())
        return any(classes.is_subclass(self.evaluator, scope, owner) for owner in self._owners)

    def _find_owners(self) -> Iterator[Scope]:
        """Yield the classes whose objects are given an attribute where the namespace may be."""
        ev = self.evaluator
        for name in self.carriers.stores if self.carriers is not None else ():
            for found in (*ev.project.set_attributes(name), *ev.project.altered_attributes(name)):
                at = found.binding.point
                if self.carriers is None or self.carriers.has_statement(at.scope.module, at.order):
                    for owner in ev.evaluate(found.target, at, ev.open_frame(at.scope)):
                        if isinstance(owner, (Instance, ClassValue)):
                            yield owner.scope

    def _mentions(self, scope: Scope) -> bool:
        if self.carriers is not None:
            return self.carriers.has_scope(scope)
        module = scope.module
        found = self._modules.get(module)
        if found is None:
            spells = mentions_either if self.rest else mentions
            found = self._modules[module] = spells(module.source.data)
        return found
