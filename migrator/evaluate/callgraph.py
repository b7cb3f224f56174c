"""Which calls run which functions of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate import attributes, calling, classes
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
    from collections.abc import Callable, Iterable

    from migrator.evaluate.domain import Value
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.module import Module
    from migrator.program.scopes import Scope, Site

_HANDS_ON = frozenset(
    {"submit", "to_thread", "run_in_executor", "apply_async", "apply", "call_soon", "run_sync"}
    | {"start_soon", "add_task", "delay", "partial", "call", "retry", "run_in_threadpool"}
)
_MAPS = frozenset({"map", "imap", "imap_unordered", "starmap", "thread_map"})


class CallGraph:
    """The calls of a program's functions; ``ways`` says how each can be reached."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator
        self.callers: dict[Scope, list[Caller]] = {}
        self.ways = Ways(evaluator, self.callers)
        self.carrying = Carrying(evaluator, self.callers)
        self._visited: set[Scope] = set()
        self._resolved: dict[Site, set[Scope]] = {}
        self._open: list[Site] = []
        self._known = 0

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
        modules = self.evaluator.project.modules
        names = {scope.name for module in modules for scope in module.scopes}
        sites = [site for site in self._open if self._may_reach(site, names)]
        for _ in range(3):
            self._forget()
            self.carrying.update()
            before = sum(len(callers) for callers in self.callers.values())
            for site in sites:
                if not self.carrying.matters(site):
                    continue
                for frames, _ in self.ways.each(site.point.scope, self._callee_frames(site)):
                    for frame in frames:
                        for scope in self._resolve(site, frame, again=True):
                            self.visit_scope(scope)
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
