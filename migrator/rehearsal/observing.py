"""Notes what comes of the strings of a program, place by place, to be compared with later."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.comparing import compare
from migrator.evaluate.domain import (
    Const,
    Hole,
    Made,
    Map,
    Method,
    Seq,
    Str,
    Text,
    drawn_from,
    spells,
)
from migrator.evaluate.expressions import EXPRESSIONS
from migrator.evaluate.strings import HOLE, flatten
from migrator.prefilter import NAMESPACE
from migrator.program.syntax import children
from migrator.sinks.libraries import BESIDE_THE_URL, HOLDERS
from migrator.sinks.read import Purpose, last_name, read_call, strings_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.evaluate.callgraph import CallGraph
    from migrator.evaluate.domain import Frame, Origin, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.scopes import Comparison, Point, Site

Speller = tuple[object, int]

_WATCHED = frozenset(
    {Purpose.SEND, Purpose.LIKELY, Purpose.DATA, Purpose.FILE, Purpose.KEY, Purpose.ROUTE}
    | {Purpose.HAND}
)
"""What a person is shown, and what is only looked for, may come out otherwise."""

_KEPT = frozenset({Purpose.DATA, Purpose.FILE, Purpose.KEY})

_KEY_METHODS = frozenset({"get", "pop", "setdefault"})
"""Methods of a dict that take a key first."""

_DEPTH = 12
"""How deep an expression is looked into for the literals that have a part in it."""


@dataclass(slots=True)
class Seen:
    """What happens at one node of the code, over all ways of getting there.

    ``values`` are what is sent, stored or handed on; ``outcomes`` what a comparison or a
    question gives, in order; ``spellers`` the literals that have a part in any of it.
    """

    values: dict[Value, None] = field(default_factory=dict)
    outcomes: list[object] = field(default_factory=list)
    spellers: dict[Speller, None] = field(default_factory=dict)


def observe(graph: CallGraph) -> dict[cst.CSTNode, Seen]:
    """Note what happens at calls, comparisons and lookups that the namespace can get to."""
    seen: dict[cst.CSTNode, Seen] = {}
    for site in graph.sites():
        if graph.carrying.is_reached(site.point, _parts(site.node)):
            _observe_call(graph, site, seen.setdefault(site.node, Seen()))
    for comparison in graph.comparisons():
        if graph.carrying.is_reached(comparison.point, _parts(comparison.node)):
            _observe_comparison(graph, comparison, seen.setdefault(comparison.node, Seen()))
    for matched in graph.matched():
        if graph.carrying.is_reached(matched.point, [matched.left, matched.right]):
            _observe_comparison(graph, matched, seen.setdefault(matched.node, Seen()))
    for lookup, point in graph.lookups():
        keys = [part for each in lookup.slice for part in _parts(each.slice)]
        if graph.carrying.is_reached(point, keys):
            _observe_lookup(graph, lookup, point, seen.setdefault(lookup, Seen()))
    return seen


def shown(value: Value) -> str:
    """Return a value as text that is equal for equal values of two evaluations."""
    if not isinstance(value, Str):
        return str(value.value) if isinstance(value, Const) else HOLE
    keys = [key for piece in value.pieces if isinstance(piece, Hole) if (key := _key(piece.key))]
    return "\0".join([flatten(value), *keys])


def spellers_of(value: Value) -> Iterator[Speller]:
    """Yield what spells a string."""
    if isinstance(value, Str):
        for piece in value.pieces:
            if isinstance(piece, Text) and piece.origin is not None:
                yield speller_of(piece.origin)


def speller_of(origin: Origin) -> Speller:
    """Return what a literal, or one value of a settings file, is known by."""
    return origin.node, origin.spelling.shift


def _key(key: object) -> str:
    """Return the name of the environment variable that fills a hole, if one does."""
    match key:
        case ("env", str(name)):
            return name
        case _:
            return ""


def _observe_call(graph: CallGraph, site: Site, seen: Seen) -> None:
    ev = graph.evaluator

    def look(frame: Frame) -> tuple[list[Value], Values]:
        handled = [each for each in read_call(ev, site, frame) if each.purpose in _WATCHED]
        found = [each.value for each in handled]
        for each in handled:
            if each.purpose in _KEPT:
                found.extend(_drawn(each.value))
        found.extend(_drawn_keys(ev, site, frame))
        return [*found, *_numbers(ev, site, frame)], ev.evaluate(site.node, site.point, frame)

    for (values, answers), _ in graph.ways.each(site.point.scope, look):
        seen.values.update(dict.fromkeys(values))
        seen.outcomes.extend(
            each.value
            for each in answers
            if isinstance(each, Const) and each.value in {True, False}
        )
    _note_spellers(graph, site.node, site.point, seen)


def _numbers(ev: Evaluator, site: Site, frame: Frame) -> Iterator[Value]:
    """Yield the numbers that are sent beside a URL: one of them may be a length."""
    for argument in site.node.args:
        if argument.keyword is not None and argument.keyword.value in BESIDE_THE_URL:
            for value in ev.evaluate(argument.value, site.point, frame):
                yield from _constants(value)
                yield from _drawn(value)


def _drawn_keys(ev: Evaluator, site: Site, frame: Frame) -> Iterator[Str]:
    """Yield what the key of a lookup by a method is drawn from: ``counts.get(match["name"])``."""
    if last_name(site.node.func) not in _KEY_METHODS or not site.node.args:
        return
    callees = ev.evaluate(site.node.func, site.point, frame)
    if any(isinstance(each, Method) and _is_mapping(each.receiver) for each in callees):
        for value in ev.evaluate(site.node.args[0].value, site.point, frame):
            yield from _drawn(value)


def _is_mapping(value: Value) -> bool:
    return isinstance(value, Map) or (
        isinstance(value, Made) and value.dotted.partition(".")[0] in HOLDERS
    )


def _drawn(value: Value, depth: int = 0) -> Iterator[Str]:
    """Yield what a regular expression drew a value from, so that it counts as another one.

    What comes out is not known, unless the pattern looks for the namespace and moves in step.
    """
    match value:
        case Made():
            texts = drawn_from(value)
            if texts and not spells(texts[0], NAMESPACE):
                # Behind a question mark it is no URL, which would be expected to move.
                yield from (Str((Text("?"), *text.pieces)) for text in texts[1:])
        case Str(pieces):
            for piece in pieces:
                match piece:
                    case Hole(key=("drawn", Made() as inner)):
                        yield from _drawn(inner, depth)
        case Seq(elements) if depth < 3:
            for each in (each for values in elements for each in values):
                yield from _drawn(each, depth + 1)
        case Map(items) if depth < 3:
            for each in (each for _, values in items for each in values):
                yield from _drawn(each, depth + 1)
        case _:
            return


def _constants(value: Value, depth: int = 0) -> Iterator[Const]:
    match value:
        case Const():
            yield value
        case Seq(elements) if depth < 3:
            for each in (each for values in elements for each in values):
                yield from _constants(each, depth + 1)
        case Map(items) if depth < 3:
            for each in (each for _, values in items for each in values):
                yield from _constants(each, depth + 1)
        case _:
            return


def _observe_comparison(graph: CallGraph, comparison: Comparison, seen: Seen) -> None:
    ev, point = graph.evaluator, comparison.point

    def look(frame: Frame) -> tuple[list[bool | None], list[Str]]:
        left = ev.evaluate(comparison.left, point, frame)
        right = ev.evaluate(comparison.right, point, frame)
        outcomes = [compare(comparison.operator, one, other) for one in left for other in right]
        # Whether there is a match at all is another question, and is not asked here.
        drawn = () if isinstance(comparison.operator, (cst.Is, cst.IsNot)) else (*left, *right)
        return outcomes, [text for value in drawn for text in _drawn(value)]

    for (outcomes, drawn), _ in graph.ways.each(point.scope, look):
        seen.outcomes.extend(outcomes)
        seen.values.update(dict.fromkeys(drawn))
    for side in (comparison.left, comparison.right):
        _note_spellers(graph, side, point, seen)


def _observe_lookup(graph: CallGraph, node: cst.Subscript, point: Point, seen: Seen) -> None:
    """Note under which words something is kept: code elsewhere may look for it under the old."""
    ev = graph.evaluator
    # kept[a, b] has a part of the key in each.
    keys = [each.slice.value for each in node.slice if isinstance(each.slice, cst.Index)]

    def look(frame: Frame) -> list[Value]:
        values = [value for key in keys for value in ev.evaluate(key, point, frame)]
        drawn = [text for value in values for text in _drawn(value)]
        return [*(text for value in values for text in strings_in(value)), *drawn]

    for values, _ in graph.ways.each(point.scope, look):
        seen.values.update(dict.fromkeys(values))
    _note_spellers(graph, node, point, seen)


def _note_spellers(graph: CallGraph, node: cst.CSTNode, point: Point, seen: Seen) -> None:
    """Note the literals behind every part of an expression: a number says nothing of its own."""
    ev, parts = graph.evaluator, _parts(node)

    def look(frame: Frame) -> list[Speller]:
        return [
            speller
            for part in parts
            for value in ev.evaluate(part, point, frame)
            for speller in spellers_of(value)
        ]

    for spellers, _ in graph.ways.each(point.scope, look):
        seen.spellers.update(dict.fromkeys(spellers))


def _parts(node: cst.CSTNode) -> list[cst.BaseExpression]:
    """Return an expression and those inside it."""
    parts: list[cst.BaseExpression] = []
    pending: list[tuple[cst.CSTNode, int]] = [(node, 0)]
    while pending:
        current, depth = pending.pop()
        if isinstance(current, cst.BaseExpression) and type(current) in EXPRESSIONS:
            parts.append(current)
        if depth < _DEPTH and not isinstance(current, cst.Lambda):
            pending.extend((child, depth + 1) for child in children(current))
    return parts
