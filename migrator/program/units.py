"""What the statements of a module say of names, by Python's own parser: it is quick."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUIET = frozenset(
    {"debug", "info", "warning", "warn", "error", "exception", "critical", "log"}
    | {"get", "post", "put", "patch", "delete", "head", "options", "request", "send"}
    | {"format", "join", "split", "strip", "startswith", "endswith", "replace", "items", "keys"}
    | {"values", "copy", "lower", "upper", "encode", "decode", "json", "raise_for_status"}
)
"""Methods that keep nothing of what they are handed."""

_SEARCHES = frozenset({"getattr", "vars", "dir", "getmembers"})
_WORD = re.compile(r"[^\W\d]\w*")
_BLOCKS = (ast.If, ast.Try, ast.TryStar, ast.With, ast.AsyncWith)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(slots=True, eq=False)
class Unit:
    """One statement of a module's own body: a function, a class, an assignment, and so on."""

    lines: tuple[int, int]
    """The first and the last, from 1."""
    searched: set[str] = field(default_factory=set)
    """What names are looked up in by what a string says."""
    unclear: bool = False
    """Whether Python cannot read it: its words are all that is known."""
    binds: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str]] = field(default_factory=set)
    """Each attribute that is named, with the name that the expression begins with."""
    imports: dict[str, tuple[int, str, str | None]] = field(default_factory=dict)
    """Local names, with the level, the module and the name there that they stand for."""
    stars: set[tuple[int, str]] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    """Names whose values may be changed in place."""
    calls: set[tuple[str, str | None]] = field(default_factory=set)
    """What is called: a name, or an attribute of what a name stands for."""


def read_units(text: str) -> list[Unit]:
    """Return the units of a module in order; one for all of a text that Python cannot read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd escapes
            body = ast.parse(text).body
        return [_read(statement) for statement in _statements(body)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        words = set(_WORD.findall(text))
        return [Unit((1, len(text)), unclear=True, binds=words, names=words)]


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements, those of blocks apart from each other."""
    for statement in body:
        if not isinstance(statement, _BLOCKS):
            yield statement
            continue
        for name in ("body", "orelse", "finalbody"):
            yield from _statements(getattr(statement, name, []))
        for handler in getattr(statement, "handlers", []):
            yield from _statements(handler.body)
        if isinstance(statement, ast.With | ast.AsyncWith):
            head = ast.With(statement.items, [], lineno=statement.lineno)
            head.end_lineno = statement.body[0].lineno
            yield head


def _read(statement: ast.stmt) -> Unit:
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(each.lineno for each in decorators)])
    unit = Unit((first, statement.end_lineno or first))
    inside = isinstance(statement, _DEFINITIONS)
    if isinstance(statement, _DEFINITIONS):
        unit.binds.add(statement.name)
    for node in ast.walk(statement):
        _note(unit, node, inside=inside)
    if not inside:
        unit.binds.update(unit.imports)
    return unit


def _note(unit: Unit, node: ast.AST, *, inside: bool) -> None:
    match node:
        case ast.Name(name, ast.Load()):
            unit.names.add(name)
        case ast.Name(name):
            unit.names.add(name)
            if not inside:
                unit.binds.add(name)
        case ast.Global(shared):
            unit.binds.update(shared)
        case ast.Attribute(value, name, context):
            root = _root(value)
            if root is not None:
                unit.attributes.add((root, name))
                if name == "__dict__":
                    unit.searched.add(root)
                if not isinstance(context, ast.Load):
                    unit.changes.add(root)
        case ast.Subscript(value, _, ast.Store() | ast.Del()):
            unit.changes.update(filter(None, [_root(value)]))
        case ast.Call(func, positional, keywords):
            _note_call(unit, func)
            handed = [*positional, *(each.value for each in keywords)]
            plain = {each.id for each in handed if isinstance(each, ast.Name)}
            if not inside:
                unit.changes.update(plain)
            if _last_name(func) in _SEARCHES:
                unit.searched.update(plain)
        case ast.Import(names):
            for each in names:
                local = each.asname or each.name.partition(".")[0]
                unit.imports[local] = (0, each.name if each.asname else local, None)
        case ast.ImportFrom(source, names, level):
            for each in names:
                if each.name == "*":
                    unit.stars.add((level, source or ""))
                else:
                    unit.imports[each.asname or each.name] = (level, source or "", each.name)


def _note_call(unit: Unit, func: ast.expr) -> None:
    if isinstance(func, ast.Name):
        unit.calls.add((func.id, None))
    elif isinstance(func, ast.Attribute):
        root = _root(func.value)
        if root is not None:
            unit.calls.add((root, func.attr))
            if func.attr not in _QUIET:
                unit.changes.add(root)


def _last_name(func: ast.expr) -> str:
    return getattr(func, "attr", "") or getattr(func, "id", "")


def _root(node: ast.expr) -> str | None:
    """Return the name that an expression begins with: ``a`` of ``a.b[0].c()``."""
    while True:
        match node:
            case ast.Name(name):
                return name
            case ast.Attribute(value) | ast.Subscript(value) | ast.Call(value):
                node = value
            case _:
                return None
