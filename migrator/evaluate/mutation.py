"""What changing a list or dict in place makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.evaluate import strings
from migrator.evaluate.domain import UNKNOWN, Map, Seq, plain, union, whole_number

if TYPE_CHECKING:
    from migrator.evaluate.domain import Frame, Value, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.scopes import Binding


def change(ev: Evaluator, before: Values, binding: Binding, frame: Frame) -> Values:
    """Return values as they are after one of them may have been changed in place."""
    mutation = binding.mutation
    if mutation is None or not any(isinstance(value, (Seq, Map)) for value in before):
        return before
    given = [ev.evaluate(argument, binding.point, frame) for argument in mutation.arguments]
    more = [
        (plain(name), ev.evaluate(argument, binding.point, frame))
        for name, argument in mutation.keywords
    ]
    if mutation.method == "update" and more and not given:
        given = [(Map(tuple(more)),)]
    return union([_changed(value, mutation.method, given) for value in before])


def _changed(value: Value, method: str, given: list[Values]) -> Values:
    match value:
        case Seq():
            return _changed_list(value, method, given)
        case Map():
            return _changed_dict(value, method, given)
        case _:
            return (value,)


def _changed_list(value: Seq, method: str, given: list[Values]) -> Values:
    match method, given:
        case "append" | "add", [element]:
            return (Seq((*value.elements, element), value.exact),)
        case "appendleft", [element]:
            return (Seq((element, *value.elements), value.exact),)
        case "insert", [index, element]:
            at = whole_number(index[0]) if len(index) == 1 else None
            if at is None:
                return (Seq((*value.elements, element), exact=False),)
            elements = list(value.elements)
            elements.insert(at, element)
            return (Seq(tuple(elements), value.exact),)
        case "extend" | "update", [more]:
            return tuple(
                Seq(value.elements + each.elements, value.exact and each.exact)
                if isinstance(each, Seq)
                else Seq(value.elements, exact=False)
                for each in more
            )
        case "__setitem__", [index, element]:
            at = whole_number(index[0]) if len(index) == 1 else None
            if at is None or not -len(value.elements) <= at < len(value.elements):
                return (Seq((*value.elements, element), exact=False),)
            elements = list(value.elements)
            elements[at] = element
            return (Seq(tuple(elements), value.exact),)
        case "reverse", []:
            return (Seq(value.elements[::-1], value.exact),)
        case _:
            # Taken out, or put into another order: which element is where is not known.
            return (Seq(value.elements, exact=False),)


def _changed_dict(value: Map, method: str, given: list[Values]) -> Values:
    match method, given:
        case "__setitem__", [keys, values]:
            return tuple(_put(value, key, values) for key in keys)
        case "setdefault", [keys, values]:
            return tuple(_put(value, key, values, default=True) for key in keys)
        case "update", [more]:
            return tuple(
                Map(strings.merge_items((*value.items, *each.items)), value.exact and each.exact)
                if isinstance(each, Map)
                else Map(value.items, exact=False)
                for each in more
            )
        case "update", _:
            return (Map(value.items, exact=False),)
        case _:
            return (value,)


def _put(value: Map, key: Value, values: Values, *, default: bool = False) -> Map:
    if any(known == key for known, _ in value.items) and default:
        return value
    return Map(strings.merge_items((*value.items, (key, values or UNKNOWN))), value.exact)
