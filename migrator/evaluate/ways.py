"""How functions are reached: with what arguments, on what object, through which calls."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from migrator.evaluate import builtin, calling, classes, tables
from migrator.evaluate.domain import (
    NO_ARGUMENTS,
    Arguments,
    ClassValue,
    Frame,
    Function,
    Instance,
    Map,
    Needs,
    Partial,
    Unknown,
    known_text,
)
from migrator.evaluate.evaluator import next_choice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from migrator.evaluate.domain import Value, Values
    from migrator.evaluate.evaluator import Basis, Evaluator
    from migrator.program.scopes import Scope, Site

Found = TypeVar("Found")

_DEPTH = 250
"""How many calls outwards a way is followed."""

_ALLOWANCE = 20_000
"""How many ways are looked at for one site, if those before it needed few."""

_REFILL = 3
"""How many more are looked at for the next: what a site needs on average."""

_ROUNDS = 4
"""How often what a computation needs is allowed to grow, once more of it is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Caller:
    """One call site that runs a function.

    ``hands_on`` says that the function was given to something else to call, with the
    arguments behind it; ``maps``, once for each element of them. ``tabled`` says that the
    site is a decorator with rows of arguments.
    """

    site: Site
    function: Function
    given: Arguments = NO_ARGUMENTS
    hands_on: int | None = None
    maps: bool = False
    tabled: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reaching a function: its frame, and the calls that decided it, inmost first."""

    frame: Frame
    sites: tuple[Site, ...]


Names = frozenset[str | None]
"""The parameters that a computation looks at; None is the receiver."""


class Ways:
    """The ways in which each function of a program can be reached.

    ``callers`` may grow: ``forget`` drops what was found with fewer. ``detail`` is how
    many of the calls on a way, inmost first, tell it from another; ``limit`` the most
    ways of reaching one function that are looked at.
    """

    def __init__(self, evaluator: Evaluator, callers: Mapping[Scope, list[Caller]]) -> None:
        self.evaluator = evaluator
        self.callers = callers
        self.detail = 0
        self.limit = 200
        self._known: dict[tuple[Scope, Names], list[Way]] = {}
        self._under_way: set[Scope] = set()
        self._allowance = _ALLOWANCE

    def forget(self) -> None:
        """Drop what is known, because more calls are."""
        self._known.clear()

    def each(
        self, scope: Scope, compute: Callable[[Frame], Found]
    ) -> list[tuple[Found, tuple[Site, ...]]]:
        """Compute something for each way in which code of a scope can run.

        Where the result rests on nothing that varies, that is once. The sites are the
        calls whose arguments it rests on, inmost first.
        """
        if not self._under_way:
            self._allowance = min(self._allowance + _REFILL, _ALLOWANCE)
        start = self.evaluator.open_frame(scope)
        results, basis = self._run(compute, [(start, ())])
        function, names = self._needed(scope, basis)
        if function is None:
            return results
        for _ in range(_ROUNDS):
            ways = self._find(function, names)
            if not ways:
                return results
            frames = [(self._inside(way.frame, scope, function), way.sites) for way in ways]
            results, basis = self._run(compute, frames)
            more = self._names(function, basis) | names
            if more == names:
                return results
            names = more
        return results

    def _run(
        self, compute: Callable[[Frame], Found], frames: list[tuple[Frame, tuple[Site, ...]]]
    ) -> tuple[list[tuple[Found, tuple[Site, ...]]], frozenset[Basis]]:
        """Compute in each frame, once for each way in which its choices can be made."""
        ev = self.evaluator
        pending = deque(frames)
        results: list[tuple[Found, tuple[Site, ...]]] = []
        rests: set[Basis] = set()
        while pending and len(results) < self.limit and (not results or self._allowance > 0):
            frame, sites = pending.popleft()
            self._allowance -= 1
            found, basis = ev.with_basis(lambda frame=frame: compute(frame))  # type: ignore[misc]
            choice = next_choice(basis, frame)
            if choice is not None:
                pending.extendleft(
                    (ev.choose(frame, choice, option), sites) for option in reversed(choice.options)
                )
                continue
            rests |= basis
            results.append((found, sites))
        return results, frozenset(rests)

    def _needed(self, scope: Scope, basis: frozenset[Basis]) -> tuple[Scope | None, Names]:
        """Return the innermost function around a scope whose parameters were looked at."""
        function = scope.function
        while function is not None:
            names = self._names(function, basis)
            if names and self._find(function, names):
                return function, names
            parent = function.parent
            function = parent.function if parent is not None else None
        return None, frozenset()

    def _names(self, function: Scope, basis: frozenset[Basis]) -> Names:
        return frozenset(
            each.name for each in basis if isinstance(each, Needs) and each.scope is function
        )

    def _inside(self, frame: Frame, scope: Scope, function: Scope) -> Frame:
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
        return found

    def _find(self, function: Scope, names: Names) -> list[Way]:
        """Return the ways in which a function is reached; none where no call is known."""
        key = (function, names)
        known = self._known.get(key)
        if known is not None:
            return known
        if function in self._under_way or len(self._under_way) > _DEPTH or self._allowance <= 0:
            return []
        self._under_way.add(function)
        try:
            found = self._collect(function, names)
        finally:
            self._under_way.discard(function)
        if not self._under_way:
            self._known[key] = found
        else:
            self._known.setdefault(key, found)
        return found

    def _collect(self, function: Scope, names: Names) -> list[Way]:
        ev = self.evaluator
        found: dict[Way, None] = {}
        for caller in self.callers.get(function, ()):
            for way in self._through(caller, names):
                found[way] = None
                if len(found) >= self.limit:
                    return list(found)
        if not found and function.owner is not None and None in names:
            parent = ev.open_frame(function.owner)
            for value in ev.instances.get(function.owner, ()):
                found[Way(ev.frame(function, None, value, parent), ())] = None
        return list(found)

    def _through(self, caller: Caller, names: Names) -> list[Way]:
        """Return the ways in which one call reaches its function."""
        site = caller.site

        def run(frame: Frame) -> tuple[Frame, ...]:
            handed = self._arguments(caller, frame, names)
            receivers = self._receivers(caller, frame) if None in names else [None]
            return tuple(
                self._entered(caller, receiver, arguments, names)
                for arguments in handed
                for receiver in receivers
            )

        sites = (site,) if names != {None} else ()
        return [
            Way(frame, (*sites, *outer)[: self.detail])
            for frames, outer in self.each(site.point.scope, run)
            for frame in frames
        ]

    def _entered(
        self, caller: Caller, receiver: Value | None, handed: Arguments, names: Names
    ) -> Frame:
        """Return the frame that a call enters, as far as ``names`` go."""
        ev = self.evaluator
        function = Function(caller.function.scope, receiver, caller.function.closure)
        if receiver is None and caller.function.receiver is not None:
            # Not asked for: anything of the class will do, so long as it fills its place.
            function = caller.function
        frame = calling.called_frame(ev, function, handed)
        arguments = tuple(pair for pair in frame.arguments or () if pair[0] in names)
        kept = frame.receiver if None in names else None
        return ev.frame(frame.scope, arguments, kept, frame.parent)

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

    def _arguments(self, caller: Caller, frame: Frame, names: Names) -> list[Arguments]:
        """Return what a call hands over, evaluated as far as ``names`` go."""
        ev, site = self.evaluator, caller.site
        if caller.tabled:
            return tables.read_rows(ev, caller.function.scope, site, frame)
        if caller.hands_on is None:
            wanted = _wanted(caller, names) if caller.given == NO_ARGUMENTS else None
            handed = ev.arguments(site.node, site.point, frame, wanted)
            return [handed.after(caller.given)]
        handed = ev.arguments(site.node, site.point, frame)
        if caller.hands_on < 0:
            # Timer(5, fetch, [path]) or Thread(target=fetch, args=[path]).
            place = 2 if caller.hands_on == -2 else -1
            inner = handed.at(place, "args")
            value = inner[0] if inner else None
            elements = builtin.iterated(ev, value) if value is not None else None
            named = handed.keyword("kwargs")
            items = named[0].items if named and isinstance(named[0], Map) else ()
            keywords = tuple((known_text(key) or "", values) for key, values in items)
            return [Arguments(tuple(elements or ()), keywords).after(caller.given)]
        rest = Arguments(handed.positional[caller.hands_on + 1 :], handed.keywords)
        if not caller.maps:
            return [rest.after(caller.given)]
        columns: list[list[Values]] = []
        for values in rest.positional:
            elements = builtin.iterated(ev, values[0])
            columns.append(elements if elements is not None else [(Unknown(),)])
        return [Arguments(tuple(row)).after(caller.given) for row in zip(*columns, strict=False)]


def _wanted(caller: Caller, names: Names) -> Callable[[int | str], bool] | None:
    """Return which arguments of a call fill the parameters asked for, None for all of them."""
    function = caller.function
    signature = function.scope.signature
    skip = 0
    if classes.receiver_name(function.scope) is not None:
        if function.receiver is None:
            return None
        skip = 1
    positional = [parameter.name for parameter in signature.positional[skip:]]
    known = {parameter.name for parameter in signature.named()}

    def is_wanted(place: int | str) -> bool:
        if isinstance(place, int):
            return (
                positional[place] in names if place < len(positional) else signature.star in names
            )
        return place in names if place in known else signature.double_star in names

    return is_wanted
