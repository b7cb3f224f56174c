"""Which bindings of a name can be the one that a use sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.evaluate.domain import LIMIT, Choice
from migrator.program.scopes import BindingKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from migrator.program.scopes import Binding, Block, Point, Scope

ArmKey = tuple["Scope", int]


def reaching(
    bindings: Sequence[Binding], point: Point, chosen: Mapping[object, int]
) -> tuple[list[Binding], list[Choice]]:
    """Return the bindings that may hold at ``point``, latest first, and the arms they stand in.

    ``bindings`` are in source order. A binding hides those before it where its block
    surrounds the use; where every arm of an if binds the name, none before it is seen.
    """
    around = list(point.block.chain()) if point.block is not None else []
    found: list[Binding] = []
    covered: dict[ArmKey, set[int]] = {}
    for binding in reversed(bindings):
        if binding.point.order >= point.order:
            continue
        if len(found) >= LIMIT:
            break
        blocks = _apart(binding, around)
        if not _can_reach(blocks, around) or _contradicts(blocks, binding, chosen):
            continue
        found.append(binding)
        if not blocks or _is_certain(blocks, binding, chosen, covered):
            break
    found.extend(_carried(bindings, point, around, found))
    return found, _choices(found, around)


def _apart(binding: Binding, around: Sequence[Block]) -> list[Block]:
    """Return the blocks that surround the binding and not the use, innermost first."""
    block = binding.point.block
    return [] if block is None else [each for each in block.chain() if each not in around]


def _can_reach(blocks: Sequence[Block], around: Sequence[Block]) -> bool:
    for block in blocks:
        twin = next((each for each in around if each.statement == block.statement), None)
        if block.leaves and twin is None:
            return False
        if block.jumps and twin is None and _innermost_loop(block) in around:
            return False
        if block.exclusive and twin is not None:
            return False
    return True


def _innermost_loop(block: Block) -> Block | None:
    return next((each for each in block.chain() if each.loop), None)


def _contradicts(blocks: Sequence[Block], binding: Binding, chosen: Mapping[object, int]) -> bool:
    scope = binding.point.scope
    return any(
        block.exclusive and chosen.get((scope, block.statement), block.arm) != block.arm
        for block in blocks
    )


def _is_certain(
    blocks: Sequence[Block],
    binding: Binding,
    chosen: Mapping[object, int],
    covered: dict[ArmKey, set[int]],
) -> bool:
    """Tell whether a conditional binding runs for sure, alone or with those seen before it."""
    scope = binding.point.scope
    if all(block.exclusive and (scope, block.statement) in chosen for block in blocks):
        return True
    if len(blocks) == 1 and blocks[0].siblings:
        block = blocks[0]
        arms = covered.setdefault((scope, block.statement), set())
        arms.add(block.arm)
        return len(arms) == block.siblings
    return False


def _carried(
    bindings: Sequence[Binding], point: Point, around: Sequence[Block], found: Sequence[Binding]
) -> list[Binding]:
    """Return the bindings further down in a loop that the next turn sees."""
    carried: list[Binding] = []
    for loop in (block for block in around if block.loop):
        inside = [each for each in found if each.point.block and loop in each.point.block.chain()]
        if any(not _apart(each, around) for each in inside):
            continue
        for binding in bindings:
            if (
                binding.point.order >= point.order
                and binding.kind is not BindingKind.AUGMENT
                and binding.point.block is not None
                and loop in binding.point.block.chain()
                and binding not in carried
            ):
                carried.append(binding)
    return carried


def _choices(found: Sequence[Binding], around: Sequence[Block]) -> list[Choice]:
    """Return the ifs whose arm decides between the bindings found."""
    if len(found) < 2:
        return []
    arms: dict[ArmKey, set[int]] = {}
    complete: set[ArmKey] = set()
    for binding in found:
        for block in _apart(binding, around):
            if block.exclusive:
                key = (binding.point.scope, block.statement)
                arms.setdefault(key, set()).add(block.arm)
                if len(arms[key]) == block.siblings:
                    complete.add(key)
    # -1 stands for the arms, written or not, that bind nothing.
    return [
        Choice(key, tuple(sorted(options)) if key in complete else (*sorted(options), -1))
        for key, options in arms.items()
    ]
