"""What every planner draws on: the program, its traffic, and where things stand in its files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrator.errors import ParseError
from migrator.evidence import is_procore_host, template_of
from migrator.fixes.codes import CODES
from migrator.fixes.routes import Service, flatten
from migrator.namespace import REST
from migrator.program.places import find_in_tree
from migrator.program.scopes import Point, ScopeKind
from migrator.program.syntax import walk
from migrator.sinks.read import Purpose
from migrator.spans import Placed, Spans
from migrator.suppress import suppresses_file
from migrator.unused import WHOLE_FILE
from migrator.uses import Use
from migrator.values import Finding, Safety

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migrator.config import Settings
    from migrator.evaluate.callgraph import CallGraph
    from migrator.evidence import Evidence
    from migrator.fixes.routes import Spot
    from migrator.fixes.traffic import Request, Traffic
    from migrator.program.module import Module
    from migrator.program.places import Places
    from migrator.values import Edit, Fix

_OAUTH = re.compile(r"oauth(?:/[a-z_]+)*")


@dataclass(slots=True)
class Ground:
    """The analysed program as the planners see it; ``findings`` are those made so far."""

    graph: CallGraph
    traffic: Traffic
    evidence: Evidence
    settings: Settings
    findings: tuple[Finding, ...]
    targets: frozenset[str]
    """The files that were given: no other is edited."""
    _spans: dict[Placed, Spans | None] = field(default_factory=dict)
    _places: dict[Module, Places] = field(default_factory=dict)

    def spans(self, module: Placed) -> Spans | None:
        """Return the places of a module, None where they cannot be trusted."""
        if module not in self._spans:
            try:
                self._spans[module] = Spans(module, ())
            except ParseError:
                self._spans[module] = None
        return self._spans[module]

    def place_of(self, module: Placed, node: object) -> tuple[int, int] | None:
        """Return where a literal, call or comparison stands."""
        spans = self.spans(module)
        try:
            return spans.of_node(node) if spans is not None else None
        except ParseError:
            return None

    def place_of_spot(self, spot: Spot) -> tuple[int, int] | None:
        """Return where a part of a literal stands."""
        place = self.place_of(spot.origin.module, spot.origin.node)
        if place is None:
            return None
        low, high = spot.origin.spelling.source(spot.start, spot.end)
        return place[0] + low, place[0] + high

    def places(self, module: Module) -> Places:
        """Return where all nodes of a module stand; none where they cannot be trusted."""
        if module not in self._places:
            try:
                found = find_in_tree(module.tree, module.source.text, [*walk(module.tree)])
            except ParseError:
                found = {}
            self._places[module] = found
        return self._places[module]

    def point_at(self, module: Module, offset: int) -> Point:
        """Return the moment of the statement that a place in a module is in."""
        places = self.places(module)
        held = [
            (places[each.node], each.order)
            for each in module.statements
            if each.node in places and places[each.node][0] <= offset
        ]
        spans = {order: span for span, order in held if offset < span[1]}
        order = max((order for _, order in held), default=0)
        scope = module.top
        for each in module.scopes:
            if each.point is not None and each.name != "<lambda>" and each.point.order in spans:
                # Inner ones come later.
                scope = each if each.kind is not ScopeKind.COMPREHENSION else scope
        return Point(scope, order, None)

    def is_procore(self, request: Request) -> bool:
        """Tell whether a request of the API goes to Procore, as far as anything shows it."""
        route = request.route
        if is_procore_host(route.host, self.evidence.hosts):
            return True
        if route.url is None:
            return False
        purpose = request.purpose if request.purpose is not Purpose.HAND else Purpose.SEND
        use = Use(
            purpose, route.url, request.method, request.module, request.site.node, "", sends=True
        )
        return self.evidence.is_procore(use)

    def is_silenced(self, module: Placed, place: tuple[int, int], code: str) -> bool:
        """Tell whether a comment at a place, or one for the whole file, silences a code."""
        spans = self.spans(module)
        if suppresses_file(module.source.text, python=True):
            if spans is not None:
                spans.heeded.add((WHOLE_FILE, code))
            return True
        return spans is not None and spans.has_comment(*place, code)

    def describe(
        self,
        module: Placed,
        place: tuple[int, int],
        fix: Fix,
        message: str,
        edits: Iterable[Edit] = (),
        endpoints: Iterable[str] = (),
    ) -> Finding | None:
        """Return the finding at a place, manual without edits; None where it is silenced."""
        spans, code, edits = self.spans(module), CODES[fix], tuple(edits)
        if spans is None or self.is_silenced(module, place, code):
            return None
        line, column = spans.lines.place(place[0])
        end_line, end_column = spans.lines.place(place[1])
        return Finding(
            path=module.path,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            code=code,
            message=message,
            safety=Safety.UNSAFE if edits else Safety.MANUAL,
            source_line=spans.lines.text(line),
            above=spans.lines.above(line),
            fix=fix if edits else None,
            endpoints=tuple(sorted(set(endpoints))),
            edits=edits,
        )


def name_of(request: Request) -> str:
    """Return ``GET /vapid/projects``, or what else a request asks for."""
    route = request.route
    if route.service is Service.API and route.url is not None:
        path = template_of(route.url)
        if route.version is not None and route.version != "vapid":
            path = f"/{route.version}" + path.removeprefix("/vapid")
    else:
        found = _OAUTH.search(flatten(request.text))
        path = f"/{found[0]}" if found is not None else "/oauth"
    return f"{request.method} {path}" if request.method else path


def sentence(names: Iterable[str]) -> str:
    """Return the first of some names and the number of the others."""
    ordered = sorted(set(names))
    more = f" and {len(ordered) - 1} more" if len(ordered) > 1 else ""
    return f"{ordered[0]}{more}" if ordered else ""


def is_mechanical(request: Request) -> bool:
    """Tell a request whose route is of the old namespace, or of what takes its place."""
    return request.route.version in {"vapid", REST}
