"""Finds strings that URLs are compared with, searched for, or looked up by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.domain import Str, Text
from migrator.program.syntax import walk
from migrator.sinks.read import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.fixes.ground import Ground
    from migrator.program.module import Module

Compared = tuple[Str, "Module", "cst.Call | cst.Comparison | cst.SimpleString"]
"""A string, and what compares it, or looks something up by it."""

_APART = frozenset({Purpose.APART, Purpose.PATTERN})


def find_compared(ground: Ground) -> list[Compared]:
    """Return the strings that are compared with others, whoever does it, and where."""
    found: list[Compared] = [
        (each.text, each.module, each.site.node)
        for each in ground.traffic.requests
        if each.purpose in _APART
    ]
    ev = ground.graph.evaluator
    for module in ev.project.modules:
        for comparison in module.comparisons:
            node = comparison.node
            if not isinstance(node, cst.Comparison):
                continue
            frame = ev.open_frame(comparison.point.scope)
            for side in (comparison.left, comparison.right):
                values = ev.evaluate(side, comparison.point, frame)
                found += [(v, module, node) for v in values if isinstance(v, Str)]
        for key in _keys(module):
            origin = ev.origin(module, key)
            found.append((Str((Text(origin.spelling.value, origin),)), module, key))
    return found


def _keys(module: Module) -> Iterator[cst.SimpleString]:
    """Yield the literals that are keys of a dict, in a set, or in brackets behind something."""
    for node in walk(module.tree):
        match node:
            case (
                cst.DictElement(key=cst.SimpleString() as key)
                | cst.Index(value=cst.SimpleString() as key)
            ):
                yield key
            case cst.Set(elements=elements):
                for element in elements:
                    if isinstance(element.value, cst.SimpleString):
                        yield element.value
            case _:
                pass
