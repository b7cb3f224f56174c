"""Finds the code that puts entries into a dict: literals, and lines that set one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.domain import Str, Text
from migrator.program.scopes import Point
from migrator.program.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.evaluate.domain import Map, Value
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.module import Module
    from migrator.program.scopes import Binding

_END = 1 << 60
"""A moment after everything in a module."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A dict literal, or the ``target`` and moment of ``target[key] = value``."""

    module: Module
    node: cst.Dict | cst.BaseExpression
    binding: Binding | None = None

    @property
    def is_certain(self) -> bool:
        """Tell whether it is no line in a branch that may not run."""
        return self.binding is None or self.binding.point.block is None


class Holders:
    """The holders of a program, by the literals that spell their keys.

    A value does not say which literal made it, but each of its keys says where it is
    spelled, however often dicts have been joined and handed on.
    """

    def __init__(self, ev: Evaluator) -> None:
        self._by_key: dict[object, list[Holder]] = {}
        for module in list(ev.project.modules):
            for holder, key in _keys(module):
                for node in _spelling(ev, module, key):
                    self._by_key.setdefault(node, []).append(holder)

    def of(self, value: Map) -> tuple[Holder, ...]:
        """Return what is known to have put entries into a dict, in the entries' order."""
        found: dict[Holder, None] = {}
        for key, _ in value.items:
            holders = self._by_key.get(origin_node(key), [])
            if len(holders) == 1:
                found[holders[0]] = None
        return tuple(found)


def origin_node(key: Value) -> object:
    """Return the literal that spells a key, None where it is not one alone."""
    piece = key.pieces[0] if isinstance(key, Str) and len(key.pieces) == 1 else None
    return piece.origin.node if isinstance(piece, Text) and piece.origin is not None else None


def _keys(module: Module) -> Iterator[tuple[Holder, cst.BaseExpression]]:
    for node in walk(module.tree):
        if isinstance(node, cst.Dict):
            holder = Holder(module, node)
            for element in node.elements:
                if isinstance(element, cst.DictElement):
                    yield holder, element.key
    for target, binding in module.changes:
        mutation = binding.mutation
        if mutation is not None and mutation.method == "__setitem__":
            yield Holder(module, target, binding), mutation.arguments[0]


def _spelling(ev: Evaluator, module: Module, key: cst.BaseExpression) -> Iterator[object]:
    """Yield the literals that spell a key: itself, or what a constant of the module holds."""
    if isinstance(key, cst.SimpleString):
        yield key
    elif isinstance(key, (cst.Name, cst.Attribute)):
        top = module.top
        for value in ev.evaluate(key, Point(top, _END, None), ev.open_frame(top)):
            node = origin_node(value)
            if node is not None:
                yield node
