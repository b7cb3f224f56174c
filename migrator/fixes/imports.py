"""Writes an expression so that a module understands it: its names, and what to import."""

from __future__ import annotations

import ast
import builtins
import sys
from typing import TYPE_CHECKING

import libcst as cst

from migrator.fixes.insertion import insert, insert_line, newline_at, start_of
from migrator.program.scopes import BindingKind, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrator.fixes.ground import Ground
    from migrator.program.module import Module
    from migrator.program.scopes import Binding, Point
    from migrator.values import Edit


class UnknownNameError(Exception):
    """A name of the expression means nothing, or something else, where it would stand."""


def write_expression(
    ground: Ground, module: Module, point: Point, text: str
) -> tuple[str, tuple[Edit, ...]]:
    """Return an expression as a place in a module has to write it, with the imports it takes.

    Raises UnknownNameError.
    """
    tree = ast.parse(text, mode="eval")
    missing: dict[str, None] = {}
    replaced: list[tuple[ast.expr, str]] = []
    for root, attribute in _roots(tree):
        is_module = attribute is not None and _is_importable(ground, module, root.id)
        found = _spell(module, point, root.id, attribute, is_module=is_module)
        if found is None and not is_module:
            raise UnknownNameError(f"`{root.id}` is not known in this file")
        if found is None:
            missing[root.id] = None
        elif found != (root.id, False):
            name, whole = found
            replaced.append((attribute if whole and attribute else root, name))
        _check_scopes(point, found[0] if found else root.id)
    data = text.encode()
    for node, name in sorted(replaced, key=lambda each: -each[0].col_offset):
        data = data[: node.col_offset] + name.encode() + data[node.end_col_offset or 0 :]
    edits = (_import(ground, module, sorted(missing)),) if missing else ()
    return data.decode(), edits


def _roots(tree: ast.AST) -> Iterator[tuple[ast.Name, ast.Attribute | None]]:
    """Yield each name that is read, with the attribute of it that is."""
    of = {id(n.value): n for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    bound = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    } | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id not in bound:
            yield node, of.get(id(node))


def _spell(
    module: Module, point: Point, name: str, attribute: ast.Attribute | None, *, is_module: bool
) -> tuple[str, bool] | None:
    """Return how a module calls a name, and whether that takes the attribute's place, too.

    None where it does not know the name.
    """
    known = _certain(module, point, name)
    is_other = known is not None and known.kind is not BindingKind.IMPORT and is_module
    if known is not None and not is_other:
        return name, False
    for other, bindings in module.top.bindings.items():
        for binding in bindings:
            found = binding.imported
            if found is None or found.level or _certain(module, point, other) is not binding:
                continue
            if found.module == name and found.name is None:
                return other, False
            if attribute is not None and (found.module, found.name) == (name, attribute.attr):
                return other, True
    if is_other:
        raise UnknownNameError(f"`{name}` is not the module here")
    return (name, False) if hasattr(builtins, name) else None


def _certain(module: Module, point: Point, name: str) -> Binding | None:
    """Return the binding that a name surely has at a place, from the module's top level."""
    at_top = point.scope.function is None
    for binding in reversed(module.top.bindings.get(name, ())):
        if binding.point.block is None and (not at_top or binding.point.order < point.order):
            return binding
    return None


def _check_scopes(point: Point, name: str) -> None:
    """Refuse a name that a function around a place binds to something of its own."""
    scope = point.scope
    while scope.parent is not None:
        if scope.kind is not ScopeKind.CLASS and name in scope.bindings:
            raise UnknownNameError(f"`{name}` is a name of {scope.qualified_name}'s own here")
        scope = scope.parent


def _is_importable(ground: Ground, module: Module, name: str) -> bool:
    """Tell whether a module of the standard library, or of the project, has a name."""
    project = ground.graph.evaluator.project
    return name in sys.stdlib_module_names or project.resolve(module.path, 0, name) is not None


def _import(ground: Ground, module: Module, names: Sequence[str]) -> Edit:
    """Return the edit that imports modules where a reader looks for it."""
    places, text = ground.places(module), module.source.text
    body = list(module.tree.body)
    number = 0
    while number < len(body) and _comes_first(body[number], number):
        number += 1
    newline = newline_at(text, 0)
    code = newline.join(f"import {name}" for name in names)
    behind = _sorted_place(body[number:], names[0])
    edit: Edit | None = None
    if behind is not None:
        edit = insert_line(module, places[behind][1], code)
    elif number and not _is_import(body[number]):
        gap = "" if _is_apart(body[number]) else newline
        edit = insert_line(module, places[body[number - 1]][1], f"{newline}{code}{gap}")
    if edit is not None:
        return edit
    at = start_of(body[number], places)
    gap = newline if _is_import(body[number]) else newline * 2
    return insert(module, at, code + gap)


def _comes_first(statement: cst.BaseStatement, number: int) -> bool:
    """Tell a docstring, or an import that must come before all others."""
    match statement:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.BaseString()), *_]):
            return number == 0
        case cst.SimpleStatementLine(
            body=[cst.ImportFrom(module=cst.Name(value="__future__")), *_]
        ):
            return True
        case _:
            return False


def _is_apart(statement: cst.BaseStatement) -> bool:
    """Tell whether blank lines or comments stand above a statement."""
    return isinstance(statement, (cst.SimpleStatementLine, cst.BaseCompoundStatement)) and bool(
        statement.leading_lines
    )


def _is_import(statement: cst.BaseStatement) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and isinstance(
        statement.body[0], (cst.Import, cst.ImportFrom)
    )


def _sorted_place(body: Sequence[cst.BaseStatement], name: str) -> cst.BaseStatement | None:
    """Return the import of the first group that a module's comes behind, None for none."""
    found: cst.BaseStatement | None = None
    for number, statement in enumerate(body):
        if not _is_import(statement) or (number and _is_apart(statement)):
            return found
        match statement:
            case cst.SimpleStatementLine(body=[cst.Import(names=[alias, *_])]):
                dotted = cst.Module(()).code_for_node(alias.name)
                if dotted.lower() < name:
                    found = statement
            case _:
                pass
    return found
