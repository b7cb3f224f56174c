"""Tells where members of an enum become one: the later is then another name of the earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.evaluate.classes import is_enum
from migrator.evaluate.domain import Const, Seq, Str
from migrator.program.module import Module
from migrator.program.scopes import BindingKind
from migrator.rehearsal.observing import shown, spellers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

    from migrator.evaluate.domain import Value
    from migrator.evaluate.evaluator import Evaluator
    from migrator.namespace import Spelled
    from migrator.program.scopes import Scope
    from migrator.rehearsal.observing import Speller


def find_merged(
    before: Evaluator, after: Evaluator, edits: Iterable[tuple[Spelled, ...]]
) -> dict[cst.CSTNode, list[Speller]]:
    """Return the values of members that others equal only afterwards, with who spells them.

    Lists of members, comparisons by identity and keys in a dict would find one in the other's
    place, and ``enum.unique`` would refuse the class.
    """
    found: dict[cst.CSTNode, list[Speller]] = {}
    modules = dict.fromkeys(part.origin.module for spelling in edits for part in spelling)
    for module in modules:
        for scope in module.classes() if isinstance(module, Module) else ():
            if is_enum(before, scope):
                found |= _merged(list(_members(before, scope)), list(_members(after, scope)))
    return found


def _merged(
    before: list[tuple[cst.CSTNode, Value]], after: list[tuple[cst.CSTNode, Value]]
) -> dict[cst.CSTNode, list[Speller]]:
    once = {node: _key(value) for node, value in before}
    found: dict[cst.CSTNode, list[Speller]] = {}
    alike: dict[object, list[tuple[cst.CSTNode, Value]]] = {}
    for node, value in after:
        key = _key(value)
        if key is None:
            continue
        earlier = alike.setdefault(key, [])
        for other, same in earlier:
            if once.get(node) != once.get(other):
                found[node] = [*_spellers(value), *_spellers(same)]
        earlier.append((node, value))
    return found


def _members(ev: Evaluator, scope: Scope) -> Iterator[tuple[cst.CSTNode, Value]]:
    """Yield the values of an enum's members that are known, each with its code."""
    for name, bindings in scope.bindings.items():
        last = bindings[-1]
        if last.kind is BindingKind.ASSIGN and last.value is not None and name[0] != "_":
            values = ev.evaluate(last.value, last.point, ev.open_frame(scope))
            if len(values) == 1:
                yield last.value, values[0]


def _key(value: Value) -> object:
    """Return what equal members have in common, None where that is not known."""
    match value:
        case Str():
            return shown(value)
        case Const(held):
            return type(held), held
        case Seq(elements):
            keys = [_key(values[0]) if len(values) == 1 else None for values in elements]
            return None if None in keys else tuple(keys)
        case _:
            return None


def _spellers(value: Value) -> Iterator[Speller]:
    if isinstance(value, Seq):
        for each in (each for values in value.elements for each in values):
            yield from _spellers(each)
    else:
        yield from spellers_of(value)
