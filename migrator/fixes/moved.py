"""Plans the ``moved`` fix: calls whose endpoint has another method or path at v1.0 follow it.

The body of a call stays as it is: whether its shape fits, a person must see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.domain import Text
from migrator.evidence import template_of
from migrator.fixes.ground import is_mechanical, name_of
from migrator.fixes.routes import Service, Spot, find_segments, find_spot
from migrator.namespace import find_namespace
from migrator.program.module import Module
from migrator.sinks.read import Purpose
from migrator.values import Edit, Fix, Safety, Span, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrator.evaluate.domain import Origin
    from migrator.fixes.ground import Ground
    from migrator.fixes.traffic import Request
    from migrator.rules.table import Rule
    from migrator.spans import Placed
    from migrator.values import Finding

_HARMLESS = frozenset({Purpose.TEXT, Purpose.DOUBLE})
_BODIES = frozenset({"POST", "PUT", "PATCH"})


class _StaysError(Exception):
    """A call cannot be moved by a machine; the message says why."""


@dataclass(frozen=True, slots=True)
class _Move:
    """Where a request leads by now: its method, and what parts of its path are replaced by."""

    rule: Rule
    method: str
    target: str
    path: tuple[tuple[Spot, str], ...]


_Plans = dict["Request", "_Move | str | None"]
"""What becomes of each request that is sent: a move, why there is none, or nothing."""


def plan_moves(ground: Ground) -> Iterator[Finding | None]:
    """Yield a finding for each call of an endpoint that the table knows elsewhere."""
    plans = {
        request: _plan(ground, request)
        for request in ground.traffic.requests
        if (request.is_sent or (request.purpose is Purpose.HAND and request.method is not None))
        and request.route.service is Service.API
    }
    for edits, requests in _agree(ground, plans).items():
        yield _describe(ground, requests, edits, plans)
    yield from _leave(ground, plans)


def _agree(ground: Ground, plans: _Plans) -> dict[tuple[Edit, ...], list[Request]]:
    """Return the edits that every use agrees to, with their requests; note why others stay.

    What stays may share a literal with what did not until then: so until nothing changes.
    """
    while True:
        grouped: dict[tuple[Edit, ...], list[Request]] = {}
        staying: _Plans = {}
        for request, plan in plans.items():
            if isinstance(plan, _Move):
                try:
                    edits = tuple(_edits_of(ground, request, plan, plans))
                except _StaysError as stays:
                    staying[request] = str(stays)
                else:
                    grouped.setdefault(edits, []).append(request)
        if not staying:
            return grouped
        plans.update(staying)


def _plan(ground: Ground, request: Request) -> _Move | str | None:
    """Return where a request leads, why that is not known, or None where it stays."""
    url = request.route.url
    if url is None or not is_mechanical(request) or not ground.is_procore(request):
        return None
    rules = ground.evidence.table.match(request.method, template_of(url))
    if len(rules) != 1 or rules[0].status is not Status.MOVED:
        return None
    rule = rules[0]
    if request.method is None:
        return "its method is not known"
    if len(rule.candidates) != 1:
        return f"it may be any of {', '.join(rule.candidates)}"
    method, _, target = rule.candidates[0].partition(" ")
    try:
        return _Move(rule, method, target, tuple(_replace_segments(request, rule, target)))
    except _StaysError as stays:
        return f"{rule.candidates[0]}: {stays}"


# The path


def _replace_segments(request: Request, rule: Rule, target: str) -> Iterator[tuple[Spot, str]]:
    """Yield the parts of a request's path that differ from the target, with what replaces them."""
    old, new = rule.vapid.split("/")[2:], target.split("/")[3:]
    if [each for each in old if each[0] == "{"] != [each for each in new if each[0] == "{"]:
        raise _StaysError("the values in its path are others")
    segments = find_segments(request.text)
    if len(segments) != len(old):
        raise _StaysError("its path is not known segment by segment")
    number = 0
    for before, behind in zip(_runs(old), _runs(new), strict=True):
        first = _shared(before, behind)
        last = _shared(before[first:][::-1], behind[first:][::-1])
        gone, come = before[first : len(before) - last], behind[first : len(behind) - last]
        if gone or come:
            if not gone or not come:
                raise _StaysError("its path is of another length")
            start, end = number + first, number + first + len(gone) - 1
            spot = find_spot(request.text, segments[start][1], segments[end][2])
            if spot is None or not isinstance(spot.origin.module, Module):
                raise _StaysError("no single literal spells what is another in its path")
            yield spot, "/".join(come)
        number += len(before) + 1


def _runs(segments: Sequence[str]) -> list[list[str]]:
    """Return the words between the placeholders of a path."""
    runs: list[list[str]] = [[]]
    for segment in segments:
        if segment.startswith("{"):
            runs.append([])
        else:
            runs[-1].append(segment)
    return runs


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two lists start with alike."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


# The edits


def _edits_of(ground: Ground, request: Request, move: _Move, plans: _Plans) -> Iterator[Edit]:
    """Yield all edits that a move takes; raises _StaysError where some use does not agree."""
    for spot, new in move.path:
        if "/" not in spot.origin.spelling.value:
            raise _StaysError("the literal is a word that may mean something else, too")
        for other in ground.traffic.requests:
            plan = plans.get(other)
            moves = isinstance(plan, _Move) and (spot, new) in plan.path
            if not moves and _spells(other, spot) and other.purpose not in _HARMLESS:
                raise _StaysError(f"the literal also spells {name_of(other)}")
        yield _edit(ground, spot.origin.module, ground.place_of_spot(spot), new)
    if move.method != request.method:
        yield _edit_method(ground, request, move, plans)
    if request.route.version == "vapid":
        yield from _namespace_edits(ground, request)


def _spells(request: Request, spot: Spot) -> bool:
    """Tell whether characters of a spot are among those of a request's URL."""
    return any(
        isinstance(piece, Text)
        and piece.origin is spot.origin
        and piece.offset < spot.end
        and spot.start < piece.offset + len(piece.text)
        for piece in request.text.pieces
    )


def _edit_method(ground: Ground, request: Request, move: _Move, plans: _Plans) -> Edit:
    """Return the edit of the method: the name of the function that is called, or a literal."""
    if request.purpose is not Purpose.SEND:
        raise _StaysError("what sends it is not known, so its method cannot be changed")
    func, spelled = request.site.node.func, request.spelled
    new = move.method.lower()
    if spelled is not None:
        if not isinstance(spelled.module, Module) or not _is_argument(spelled):
            raise _StaysError("its method comes through a variable")
        alike = [other for other in plans if other.spelled is spelled]
        module: Placed = spelled.module
        value = spelled.spelling.value
        place = ground.place_of_spot(Spot(spelled, 0, len(value)))
        new = move.method if value.isupper() else new
    elif isinstance(func, cst.Attribute) and func.attr.value.upper() == request.method:
        alike = [other for other in plans if other.site is request.site]
        module = request.module
        place = ground.places(module).get(func.attr)
    else:
        raise _StaysError("no name or literal at the call says its method")
    for other in alike:
        plan = plans[other]
        if not isinstance(plan, _Move) or plan.method != move.method:
            raise _StaysError(f"the same call also sends {name_of(other)}")
    return _edit(ground, module, place, new)


def _is_argument(spelled: Origin) -> bool:
    """Tell whether a literal stands in a call itself."""
    module = spelled.module
    return isinstance(module, Module) and any(
        argument.value is spelled.node
        for scope in module.scopes
        for site in scope.sites
        for argument in site.node.args
    )


def _namespace_edits(ground: Ground, request: Request) -> Iterator[Edit]:
    """Yield the edits of the namespace that go with a call's: it is moved as a whole."""
    for url in find_namespace(request.text):
        for part in url.spelled:
            place = ground.place_of_spot(Spot(part.origin, part.start, part.end))
            span = Span(part.origin.module.path, *place) if place is not None else None
            found = [
                finding.edits
                for finding in ground.findings
                if any(edit.span == span for edit in finding.edits)
            ]
            if not found:
                raise _StaysError("its namespace is left to a person")
            yield from found[0]


def _edit(ground: Ground, module: Placed, place: tuple[int, int] | None, new: str) -> Edit:
    if module.path not in ground.targets:
        raise _StaysError(f"a part of it stands in {module.path}, which is not among the files")
    if place is None:
        raise _StaysError("its place in the file cannot be told")
    old = module.source.text[slice(*place)]
    return Edit(Span(module.path, *place), old, new, Fix.MOVED, Safety.UNSAFE)


# Findings


def _describe(
    ground: Ground, requests: Sequence[Request], edits: Sequence[Edit], plans: _Plans
) -> Finding | None:
    request, plan = requests[0], plans[requests[0]]
    if not isinstance(plan, _Move):
        return None
    edits = tuple(dict.fromkeys(edits))
    first = next(edit for edit in edits if edit.fix is Fix.MOVED)
    module = next(m for m in ground.graph.evaluator.project.modules if m.path == first.span.path)
    look = "the body" if _BODIES & {plan.method, request.method} else "the answer"
    message = (
        f"{name_of(request)} becomes {plan.method} {plan.target}: "
        f"{look} is left as it is, see whether its shape fits"
    )
    place = (first.span.start, first.span.end)
    names = [name_of(each) for each in requests]
    return ground.describe(module, place, Fix.MOVED, message, edits, names)


def _leave(ground: Ground, plans: _Plans) -> Iterator[Finding | None]:
    """Yield the calls that are left to a person, and what tests answer to those that move."""
    told: set[tuple[object, str]] = set()
    for request, plan in plans.items():
        place = ground.place_of(request.module, request.site.node)
        name = name_of(request)
        if isinstance(plan, str) and place and (place, name) not in told:
            told.add((place, name))
            message = f"{name} has moved, and is left to a person: {plan}"
            yield ground.describe(request.module, place, Fix.MOVED, message, (), [name])
    moving = {template_of(r.route.url) for r, p in plans.items() if p and r.route.url}
    message = "a test answers a call that has moved: change its method and path in step"
    for request in ground.traffic.requests:
        url, place = request.route.url, ground.place_of(request.module, request.site.node)
        is_answer = request.purpose is Purpose.DOUBLE and url and template_of(url) in moving
        if is_answer and place and (place, message) not in told:
            told.add((place, message))
            yield ground.describe(request.module, place, Fix.MOVED, message)
