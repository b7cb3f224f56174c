"""Which calls run a function, and with what: the ways in which code can be reached."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import libcst as cst

from migrator.evaluate import attributes, builtin, calling, classes
from migrator.evaluate.domain import (
    NO_ARGUMENTS,
    Arguments,
    ClassValue,
    External,
    Frame,
    Function,
    Instance,
    Needs,
    Partial,
    Unknown,
)
from migrator.evaluate.evaluator import next_choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from migrator.evaluate.domain import Value, Values
    from migrator.evaluate.evaluator import Basis, Evaluator
    from migrator.program.module import Module
    from migrator.program.scopes import Scope, Site

Found = TypeVar("Found")

WAYS = 4000
"""The most ways of reaching one function that are looked at."""

_DEPTH = 12
"""How many calls outwards a way is followed."""

_HANDS_ON = frozenset(
    {"submit", "to_thread", "run_in_executor", "apply_async", "apply", "call_soon", "run_sync"}
    | {"start_soon", "add_task", "delay", "partial", "call", "retry", "run_in_threadpool"}
)
_MAPS = frozenset({"map", "imap", "imap_unordered", "starmap", "thread_map"})


@dataclass(frozen=True, slots=True, eq=False)
class Caller:
    """One call site that runs a function.

    ``hands_on`` says that the function was given to something else to call, with the
    arguments behind it; ``maps``, once for each element of them.
    """

    site: Site
    function: Function
    given: Arguments = NO_ARGUMENTS
    hands_on: int | None = None
    maps: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reaching a function: its frame, and the calls that decided it, inmost first."""

    frame: Frame
    sites: tuple[Site, ...]


class CallGraph:
    """The calls of a program's functions, and the ways in which each can be reached."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.callers: dict[Scope, list[Caller]] = {}
        self._ways: dict[tuple[Scope, bool], list[Way]] = {}
        self._under_way: set[Scope] = set()
        self._visited: set[Scope] = set()
        self._resolved: dict[Site, set[Scope]] = {}
        self._open: list[Site] = []

    # Who calls whom

    def visit(self, modules: Iterable[Module]) -> None:
        """Resolve the calls in modules, and in the functions of others that they run."""
        pending: list[Scope] = [scope for module in modules for scope in module.scopes]
        while pending:
            scope = pending.pop()
            if scope in self._visited:
                continue
            self._visited.add(scope)
            for site in scope.sites:
                pending.extend(self._resolve(site, self.evaluator.open_frame(site.point.scope)))

    @property
    def visited(self) -> list[Scope]:
        """Return the scopes whose calls have been resolved."""
        return list(self._visited)

    def settle(self) -> None:
        """Resolve what depends on parameters, now that calls are known; until nothing changes."""
        for _ in range(4):
            self.evaluator.forget()
            self._ways.clear()
            before = sum(len(callers) for callers in self.callers.values())
            for site in list(self._open):
                function = site.point.scope.function
                if function is None:
                    continue
                for way in self.ways(function, arguments=True):
                    frame = way.frame
                    for scope in self._resolve(site, frame, again=True):
                        self.visit_scope(scope)
            if before == sum(len(callers) for callers in self.callers.values()):
                break
        self.evaluator.forget()
        self._ways.clear()

    def visit_scope(self, scope: Scope) -> None:
        """Resolve the calls of one more function and of what it runs."""
        pending = [scope]
        while pending:
            current = pending.pop()
            if current not in self._visited:
                self._visited.add(current)
                for site in current.sites:
                    frame = self.evaluator.open_frame(site.point.scope)
                    pending.extend(self._resolve(site, frame))

    def _resolve(self, site: Site, frame: Frame, *, again: bool = False) -> list[Scope]:
        """Note what a call runs; return the functions that this reaches."""
        ev = self.evaluator
        callees, basis = ev.evaluate_with_basis(site.node.func, site.point, frame)
        reached: list[Scope] = []
        for callee in callees:
            reached.extend(self._note(site, callee, frame, Arguments()))
        reached.extend(self._handed_on(site, frame))
        if not again and not reached and any(isinstance(each, Needs) for each in basis):
            self._open.append(site)
        return reached

    def _note(self, site: Site, callee: Value, frame: Frame, given: Arguments) -> list[Scope]:
        ev = self.evaluator
        match callee:
            case Function():
                return self._add(Caller(site, callee, given))
            case Partial(function, more):
                return self._note(site, function, frame, given.after(more))
            case ClassValue(scope):
                made = calling.construct(ev, scope, ev.arguments(site.node, site.point, frame))
                if isinstance(made, Instance):
                    known = ev.instances.setdefault(scope, [])
                    if made not in known and len(known) < 60:
                        known.append(made)
                        self._inherit(scope, made)
                initializer = calling.find_initializer(ev, scope)
                if initializer is not None:
                    parent = ev.open_frame(scope)
                    return self._add(Caller(site, Function(initializer, made, parent), given))
                return []
            case Instance(scope):
                found = attributes.attribute(ev, callee, "__call__", site.point)
                return [
                    each
                    for function in found
                    if isinstance(function, Function)
                    for each in self._note(site, function, frame, given)
                ]
            case _:
                return []

    def _inherit(self, scope: Scope, made: Instance) -> None:
        """Note an instance as one of each class that its class inherits from."""
        for base in classes.lineage(self.evaluator, scope)[1:]:
            if not isinstance(base, External):
                known = self.evaluator.instances.setdefault(base, [])
                if made not in known and len(known) < 60:
                    known.append(made)

    def _add(self, caller: Caller) -> list[Scope]:
        scope = caller.function.scope
        known = self.callers.setdefault(scope, [])
        if not any(
            each.site is caller.site
            and each.function == caller.function
            and each.given == caller.given
            for each in known
        ):
            known.append(caller)
        return [scope]

    def _handed_on(self, site: Site, frame: Frame) -> list[Scope]:
        """Note functions that a call is given to run: ``pool.submit(fetch, url)``."""
        func = site.node.func
        name = func.attr.value if isinstance(func, cst.Attribute) else ""
        name = func.value if isinstance(func, cst.Name) else name
        ev = self.evaluator
        reached: list[Scope] = []
        if name in _HANDS_ON or name in _MAPS:
            for position, argument in enumerate(site.node.args[:3]):
                if argument.keyword is None and argument.star == "":
                    for value in ev.evaluate(argument.value, site.point, frame):
                        reached.extend(self._note_handed(site, value, position, maps=name in _MAPS))
        elif name in {"Thread", "Process", "Timer", "Task"}:
            for argument in site.node.args:
                if argument.keyword is not None and argument.keyword.value == "target":
                    for value in ev.evaluate(argument.value, site.point, frame):
                        reached.extend(self._note_handed(site, value, -1, maps=False))
        return reached

    def _note_handed(self, site: Site, value: Value, position: int, *, maps: bool) -> list[Scope]:
        given = Arguments()
        while isinstance(value, Partial):
            given, value = given.after(value.arguments), value.function
        if isinstance(value, Function):
            return self._add(Caller(site, value, given, hands_on=position, maps=maps))
        return []

    # How a function is reached

    def each_way(
        self, scope: Scope, compute: Callable[[Frame], Found]
    ) -> list[tuple[Found, tuple[Site, ...]]]:
        """Compute something for each way in which code of a scope can run.

        Where the result rests on nothing that varies, that is once. The sites are the
        calls whose arguments it rests on, inmost first.
        """
        ev = self.evaluator
        pending: deque[tuple[Frame, tuple[Site, ...], bool]] = deque()
        pending.append((ev.open_frame(scope), (), False))
        results: list[tuple[Found, tuple[Site, ...]]] = []
        while pending and len(results) < WAYS:
            frame, sites, lifted = pending.popleft()
            found, basis = self._compute(compute, frame)
            choice = next_choice(basis, frame)
            if choice is not None:
                pending.extendleft(
                    (ev.choose(frame, choice, n), sites, lifted) for n in reversed(choice.options)
                )
                continue
            needed = [] if lifted else self._lifts(scope, basis, frame)
            if needed:
                pending.extend(needed)
            else:
                results.append((found, sites))
        return results

    def _compute(
        self, compute: Callable[[Frame], Found], frame: Frame
    ) -> tuple[Found, frozenset[Basis]]:
        return self.evaluator.with_basis(lambda: compute(frame))

    def _lifts(
        self, scope: Scope, basis: frozenset[Basis], frame: Frame
    ) -> list[tuple[Frame, tuple[Site, ...], bool]]:
        """Return the closed frames that an open one stands for, where any are known."""
        function = scope.function
        while function is not None:
            needs = [each for each in basis if isinstance(each, Needs) and each.scope is function]
            if needs:
                arguments = any(not each.receiver for each in needs)
                ways = self.ways(function, arguments=arguments)
                if ways:
                    return [
                        (
                            self._inside(way.frame, scope, function, frame),
                            way.sites if arguments else (),
                            True,
                        )
                        for way in ways
                    ]
            parent = function.parent
            function = parent.function if parent is not None else None
        return []

    def _inside(self, frame: Frame, scope: Scope, function: Scope, open_frame: Frame) -> Frame:
        """Return the frame of ``scope`` where an enclosing function runs in ``frame``."""
        ev = self.evaluator
        inner = scope.function
        if inner is function or inner is None:
            found = frame
        else:
            chain: list[Scope] = []
            current: Scope | None = inner
            while current is not None and current is not function:
                chain.append(current)
                current = current.parent.function if current.parent else None
            found = frame
            for each in reversed(chain):
                found = ev.frame(each, None, None, found)
        return ev.frame(
            found.scope, found.arguments, found.receiver, found.parent, open_frame.choices
        )

    def ways(self, function: Scope, *, arguments: bool) -> list[Way]:
        """Return the ways in which a function is reached; none where no call is known.

        Without ``arguments`` only the receiver is told apart.
        """
        key = (function, arguments)
        known = self._ways.get(key)
        if known is not None:
            return known
        if function in self._under_way or len(self._under_way) > _DEPTH:
            return []
        self._under_way.add(function)
        try:
            found = self._find_ways(function, arguments=arguments)
        finally:
            self._under_way.discard(function)
        if not self._under_way:
            self._ways[key] = found
        else:
            self._ways.setdefault(key, found)
        return found

    def _find_ways(self, function: Scope, *, arguments: bool) -> list[Way]:
        ev = self.evaluator
        found: dict[Way, None] = {}
        for caller in self.callers.get(function, ()):
            for way in self._ways_of(caller, arguments=arguments):
                found[way] = None
                if len(found) >= WAYS:
                    return list(found)
        if not found and function.owner is not None:
            parent = ev.open_frame(function.owner)
            if classes.receiver_name(function) is not None:
                for value in ev.instances.get(function.owner, ()):
                    found[Way(ev.frame(function, None, value, parent), ())] = None
        return list(found)

    def _ways_of(self, caller: Caller, *, arguments: bool) -> list[Way]:
        site = caller.site

        def run(frame: Frame) -> tuple[Frame, ...]:
            handed = self._arguments(caller, frame)
            receivers = self._receivers(caller, frame)
            return tuple(
                self._entered(caller, receiver, each, arguments=arguments)
                for each in handed
                for receiver in receivers
            )

        ways: list[Way] = []
        for frames, sites in self.each_way(site.point.scope, run):
            ways.extend(Way(frame, (site, *sites)) for frame in frames)
        return ways

    def _entered(
        self, caller: Caller, receiver: Value | None, arguments_: Arguments, *, arguments: bool
    ) -> Frame:
        ev = self.evaluator
        function = Function(caller.function.scope, receiver, caller.function.closure)
        frame = calling.called_frame(ev, function, arguments_)
        if not arguments:
            frame = ev.frame(frame.scope, None, frame.receiver, frame.parent)
        return frame

    def _receivers(self, caller: Caller, frame: Frame) -> list[Value | None]:
        """Return the objects that a method is called on in a frame of the caller."""
        if caller.hands_on is not None or caller.function.receiver is None:
            return [caller.function.receiver]
        callees = self.evaluator.evaluate(caller.site.node.func, caller.site.point, frame)
        found: list[Value | None] = []
        for callee in callees:
            inner = callee
            while isinstance(inner, Partial):
                inner = inner.function
            if isinstance(inner, Function) and inner.scope is caller.function.scope:
                found.append(inner.receiver)
            elif isinstance(inner, ClassValue):
                arguments = self.evaluator.arguments(caller.site.node, caller.site.point, frame)
                found.append(calling.construct(self.evaluator, inner.scope, arguments))
            elif isinstance(inner, Instance):
                found.append(inner)
        return found or [caller.function.receiver]

    def _arguments(self, caller: Caller, frame: Frame) -> list[Arguments]:
        ev = self.evaluator
        site = caller.site
        handed = ev.arguments(site.node, site.point, frame)
        if caller.hands_on is None:
            return [handed.after(caller.given)]
        if caller.hands_on < 0:
            inner = handed.keyword("args")
            value = inner[0] if inner else None
            elements = builtin.iterated(ev, value) if value is not None else None
            return [Arguments(tuple(elements or ())).after(caller.given)]
        rest = Arguments(handed.positional[caller.hands_on + 1 :], handed.keywords)
        if not caller.maps:
            return [rest.after(caller.given)]
        columns: list[list[Values]] = []
        for values in rest.positional:
            elements = builtin.iterated(ev, values[0])
            columns.append(elements if elements is not None else [(Unknown(),)])
        return [Arguments(tuple(row)).after(caller.given) for row in zip(*columns, strict=False)]
