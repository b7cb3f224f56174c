"""Puts the header at a place in the code: the text, and what it has to import."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import libcst as cst

from migrator.fixes.headers import HEADER
from migrator.fixes.imports import write_expression
from migrator.fixes.insertion import insert_behind, insert_first, insert_part
from migrator.program.syntax import walk

if TYPE_CHECKING:
    from migrator.fixes.ground import Ground
    from migrator.fixes.headers import Client
    from migrator.fixes.holders import Holder
    from migrator.program.module import Module
    from migrator.values import Edit

_BY_ARGUMENT = frozenset({"httpx", "aiohttp"})
"""Packages whose clients take their headers when they are made."""


class Kind(Enum):
    """How the header is put at a place."""

    ENTRY = "a dict of headers"
    """One more entry of the dict literal ``node``."""
    ARGUMENT = "a call without headers"
    """A new argument of the call ``node``."""
    LINE = "the lines that set headers"
    """A line of its own behind the statement ``node``, for the dict ``target``."""
    FIRST = "a client where it is made"
    """The first line under the with statement ``node``, for the client ``target``."""
    MADE = "a client, where it is made"
    """A line of its own behind the statement ``node``, for the client ``target``."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the header can go; see Kind for what ``node`` and ``target`` are."""

    kind: Kind
    module: Module
    node: cst.CSTNode
    target: cst.BaseExpression | None = None


class CannotPutError(Exception):
    """The header cannot be written at a place; the message says why."""


def place_of_holder(holder: Holder) -> Place | None:
    """Return the place that code which fills a dict offers."""
    if holder.binding is None:
        return Place(Kind.ENTRY, holder.module, holder.node)
    order = holder.binding.point.order
    statements = holder.module.statements
    statement = next((each.node for each in statements if each.order == order), None)
    if statement is None or not isinstance(holder.node, cst.BaseExpression):
        return None
    return Place(Kind.LINE, holder.module, statement, holder.node)


def find_creation(ground: Ground, client: Client) -> Place | None:
    """Return the place where a client is made, if something can be added there."""
    call = client.maker
    if not isinstance(call, cst.Call):
        return None
    for module in ground.graph.evaluator.project.modules:
        if not any(site.node is call for scope in module.scopes for site in scope.sites):
            continue
        if client.package in _BY_ARGUMENT:
            return Place(Kind.ARGUMENT, module, call) if takes_argument(call) else None
        for node in walk(module.tree):
            place = _made_by(module, node, call)
            if place is not None:
                return place
    return None


def takes_argument(call: cst.Call) -> bool:
    """Tell whether a call can be given headers: it is not, and hands on nothing unknown."""
    return not any(
        argument.star == "**" or (argument.keyword and argument.keyword.value == "headers")
        for argument in call.args
    )


def _made_by(module: Module, node: cst.CSTNode, call: cst.Call) -> Place | None:
    """Return the place behind a statement that binds what a call makes."""
    match node:
        case (
            cst.Assign(targets=[cst.AssignTarget(target=target)], value=value)
            | cst.AnnAssign(target=target, value=value)
        ) if isinstance(target, (cst.Name, cst.Attribute)) and _is_made(value, call):
            return Place(Kind.MADE, module, node, target)
        case cst.With(items=[cst.WithItem(item=item, asname=cst.AsName(name=cst.Name() as name))]):
            return Place(Kind.FIRST, module, node, name) if item is call else None
        case _:
            return None


def _is_made(value: cst.BaseExpression | None, call: cst.Call) -> bool:
    if isinstance(value, cst.BooleanOperation) and isinstance(value.operator, cst.Or):
        return value.right is call
    return value is call


def put(ground: Ground, place: Place) -> tuple[tuple[int, int], tuple[Edit, ...]]:
    """Return where a person looks, and the edits that put the header at a place.

    Raises CannotPutError, or UnknownNameError where the value means nothing there.
    """
    module, places = place.module, ground.places(place.module)
    if place.node not in places:
        raise CannotPutError("its place in the file cannot be told")
    start, end = places[place.node]
    point = ground.point_at(module, start)
    value, imports = write_expression(ground, module, point, ground.settings.company_id or "")
    key = f'"{HEADER}"'
    target = module.source.text[slice(*places[place.target])] if place.target else ""
    edit: Edit | None
    match place.kind, place.node:
        case Kind.ENTRY, cst.Dict() as node:
            key = _quoted_alike(node, key)
            edit = insert_part(ground, module, node, f"{key}: {value}")
            end = start + 1
        case Kind.ARGUMENT, cst.Call() as node:
            edit = insert_part(ground, module, node, f"headers={{{key}: {value}}}")
            end = places[node.func][1]
        case Kind.FIRST, cst.With() as node:
            code = f"{target}.headers[{key}] = {value}"
            edit = insert_first(ground, module, node.body, code)
            end = places[node.items[0].item][1]
        case Kind.MADE, node:
            code = f"{target}.headers[{key}] = {value}"
            edit = insert_behind(ground, module, node, code)
        case _, node:
            edit = insert_behind(ground, module, node, f"{target}[{key}] = {value}")
    if edit is None:
        raise CannotPutError("there is no line behind which it could stand")
    return (start, end), (edit, *imports)


def _quoted_alike(node: cst.Dict, key: str) -> str:
    """Return the key in the quotes that the other keys have."""
    first = node.elements[0] if node.elements else None
    if isinstance(first, cst.DictElement) and isinstance(first.key, cst.SimpleString):
        return key.replace('"', "'") if first.key.quote == "'" else key
    return key
