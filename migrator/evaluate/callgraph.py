"""Which calls run which functions of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import attributes, calling, classes, tables
from migrator.evaluate.carrying import Carrying
from migrator.evaluate.domain import (
    Arguments,
    ClassValue,
    External,
    Frame,
    Function,
    Instance,
    Needs,
    Partial,
)
from migrator.evaluate.ways import Caller, Ways

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from migrator.evaluate.domain import Value
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.carriers import Carriers
    from migrator.program.module import Module
    from migrator.program.scopes import Comparison, Point, Scope, Site

_HANDS_ON = frozenset(
    {"submit", "to_thread", "run_in_executor", "apply_async", "apply", "call_soon", "run_sync"}
    | {"start_soon", "add_task", "delay", "partial", "call", "retry", "run_in_threadpool"}
)
_MAPS = frozenset({"map", "imap", "imap_unordered", "starmap", "thread_map"})


class CallGraph:
    """The calls of a program's functions; ``ways`` says how each can be reached.

    ``carriers`` are the places where the namespace may be by name: no call elsewhere is
    looked at unless one of those leads to it. None stands for the whole of each module.
    """

    def __init__(self, evaluator: Evaluator, carriers: Carriers | None = None) -> None:
        self.evaluator = evaluator
        self.carriers = carriers
        self.callers: dict[Scope, list[Caller]] = {}
        self.ways = Ways(evaluator, self.callers)
        self.carrying = Carrying(evaluator, self.callers, carriers)
        self._noted: set[tuple[Site, Function, Arguments]] = set()
        self._visited: dict[Scope, None] = {}
        self._open: list[Site] = []
        self._waiting: list[tuple[Site, Scope]] = []
        """Calls with what they run, that are not known to hand the namespace over."""
        self._known = 0

    # Who calls whom

    def visit(self, modules: Iterable[Module]) -> None:
        """Resolve the calls in modules, and in the functions that they hand the namespace to."""
        scopes = [scope for module in modules for scope in module.scopes]
        self._visit_all([scope for scope in scopes if self._is_started_from(scope)])

    @property
    def visited(self) -> list[Scope]:
        """Return the scopes whose calls have been resolved."""
        return list(self._visited)

    def sites(self) -> Iterator[Site]:
        """Yield the calls that have been resolved."""
        for scope in self._visited:
            yield from self._sites(scope)

    def has_point(self, point: Point) -> bool:
        """Tell whether code at a point has been visited."""
        scope = point.scope
        if scope.function is None:
            return self._has_statement(point)
        return scope in self._visited

    def comparisons(self) -> Iterator[Comparison]:
        """Yield the comparisons in what has been visited."""
        for module in dict.fromkeys(scope.module for scope in self._visited):
            for comparison in module.comparisons:
                if self.has_point(comparison.point):
                    yield comparison

    def matched(self) -> Iterator[Comparison]:
        """Yield what patterns look for in the sequences of what has been visited."""
        for module in dict.fromkeys(scope.module for scope in self._visited):
            yield from (each for each in module.matched if self.has_point(each.point))

    def lookups(self) -> Iterator[tuple[cst.Subscript, Point]]:
        """Yield what is looked up, or set, under a key in what has been visited."""
        for module in dict.fromkeys(scope.module for scope in self._visited):
            for node, point in module.lookups:
                if self.has_point(point):
                    yield node, point

    def _has_statement(self, point: Point) -> bool:
        """Tell whether a statement of a module's or class's own body counts."""
        module = point.scope.module
        return self.carriers is None or self.carriers.has_statement(module, point.order)

    def _is_started_from(self, scope: Scope) -> bool:
        return self.carriers is None or self.carriers.has_scope(scope)

    def _sites(self, scope: Scope) -> list[Site]:
        """Return the calls of a scope; of a module or class, those in statements that count."""
        if scope.function is not None:
            return scope.sites
        return [each for each in scope.sites if self._has_statement(each.point)]

    def _visit_all(self, pending: list[Scope]) -> None:
        while pending:
            scope = pending.pop()
            if scope in self._visited:
                continue
            self._visited[scope] = None
            pending.extend(scope.inner)
            for table in tables.find_tables(scope):
                closure = self.evaluator.open_frame(table.point.scope)
                self._add(Caller(table, Function(scope, None, closure), tabled=True))
            for site in self._sites(scope):
                reached = self._resolve(site, self.evaluator.open_frame(site.point.scope))
                pending.extend(self._followed(site, reached))

    def _followed(self, site: Site, reached: Iterable[Scope]) -> Iterator[Scope]:
        """Yield what of the functions that a call runs is to be visited; the others wait."""
        for scope in reached:
            if scope in self._visited:
                continue
            if self.carriers is None or self.carrying.matters(site):
                yield scope
            else:
                self._waiting.append((site, scope))

    def _visit_waiting(self) -> None:
        """Visit what is handed the namespace after all, and what that hands it to."""
        known = -1
        while known != len(self._visited):
            known = len(self._visited)
            self.carrying.update()
            waiting, self._waiting = self._waiting, []
            for site, scope in waiting:
                self._visit_all(list(self._followed(site, [scope])))

    def settle(self) -> None:
        """Resolve what depends on parameters, now that calls are known; until nothing changes."""
        modules = self.evaluator.project.modules
        names = {scope.name for module in modules for scope in module.scopes}
        sites = [site for site in self._open if self._may_reach(site, names)]
        for _ in range(3):
            self._forget()
            self._visit_waiting()
            before = sum(len(callers) for callers in self.callers.values())
            for site in sites:
                if not self.carrying.matters(site):
                    continue
                for frames, _ in self.ways.each(site.point.scope, self._callee_frames(site)):
                    for frame in frames:
                        self._visit_all(self._resolve(site, frame, again=True))
            if before == sum(len(callers) for callers in self.callers.values()):
                break
        self._forget()
        self.ways.forget()
        self.carrying.update()
        self.ways.detail, self.ways.limit = 3, 2000

    def _forget(self) -> None:
        """Drop what was found with fewer calls and instances, if there are more by now."""
        instances = self.evaluator.instances.values()
        known = sum(map(len, self.callers.values())) + sum(map(len, instances))
        if known != self._known:
            self._known = known
            self.evaluator.forget()
            self.ways.forget()

    def _callee_frames(self, site: Site) -> Callable[[Frame], tuple[Frame, ...]]:
        """Return a computation that rests on what the callee of a call rests on."""

        def run(frame: Frame) -> tuple[Frame, ...]:
            self.evaluator.evaluate(site.node.func, site.point, frame)
            return (frame,)

        return run

    def _may_reach(self, site: Site, names: set[str]) -> bool:
        """Tell a call that may run one of the project's functions from one of a library's."""
        func = site.node.func
        return not isinstance(func, cst.Attribute) or func.attr.value in names

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
                reached = [] if self.carriers is None else classes.methods_of(ev, scope)
                if initializer is not None:
                    parent = ev.open_frame(scope)
                    self._add(Caller(site, Function(initializer, made, parent), given))
                    reached.append(initializer)
                return reached
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
        key = (caller.site, caller.function, caller.given)
        if key not in self._noted:
            self._noted.add(key)
            self.callers.setdefault(scope, []).append(caller)
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
            for number, argument in enumerate(site.node.args):
                keyword = argument.keyword.value if argument.keyword is not None else None
                timed = keyword is None and (name, number) == ("Timer", 1)
                if keyword == "target" or timed:
                    at = -2 if timed else -1
                    for value in ev.evaluate(argument.value, site.point, frame):
                        reached.extend(self._note_handed(site, value, at, maps=False))
        return reached

    def _note_handed(self, site: Site, value: Value, position: int, *, maps: bool) -> list[Scope]:
        given = Arguments()
        while isinstance(value, Partial):
            given, value = given.after(value.arguments), value.function
        if isinstance(value, Function):
            return self._add(Caller(site, value, given, hands_on=position, maps=maps))
        return []
