"""Finds spellings of the header of which it is not known what sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.fixes.headers import is_header
from migrator.program.syntax import children, walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from migrator.fixes.ground import Ground

_READING = frozenset({"get", "pop", "getlist", "getall"})


def find_stray(ground: Ground, known: Collection[object]) -> str | None:
    """Return where a program spells the header without a request that is known to send it.

    ``known`` are the literals of which it is. Code that reads the header, or compares it,
    does not count. None where there is no such place.
    """
    ev = ground.graph.evaluator
    for module in sorted(ev.project.modules, key=lambda each: each.path):
        read: set[cst.CSTNode] | None = None
        for node in module.literals:
            if (
                not isinstance(node, cst.SimpleString)
                or node in known
                or node in module.prose
                or not is_header(ev.origin(module, node).spelling.value)
            ):
                continue
            if read is None:
                read = set(_read(module.tree))
            if node not in read:
                place, spans = ground.place_of(module, node), ground.spans(module)
                line = spans.lines.place(place[0])[0] if place and spans else 1
                return f"{module.path}:{line}"
    return None


def _read(tree: cst.Module) -> Iterator[cst.CSTNode]:
    """Yield the nodes below what only reads: subscripts, comparisons, ``.get(…)``."""
    written = {
        target.target
        for node in walk(tree)
        if isinstance(node, cst.Assign)
        for target in node.targets
    }
    for node in walk(tree):
        match node:
            case cst.Subscript() if node not in written:
                yield from walk(node)
            case cst.Comparison():
                yield from walk(node)
            case cst.Call(func=cst.Attribute(attr=cst.Name(value=name))) if name in _READING or (
                name.startswith("assert")
            ):
                for argument in children(node):
                    yield from walk(argument)
            case _:
                pass
