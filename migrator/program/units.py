"""What the statements of a module say of names, by Python's own parser: it is quick."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

_QUIET = frozenset(
    {"debug", "info", "warning", "warn", "error", "exception", "critical", "log"}
    | {"get", "post", "put", "patch", "delete", "head", "options", "request", "send"}
    | {"format", "join", "split", "strip", "startswith", "endswith", "replace", "items", "keys"}
    | {"values", "copy", "lower", "upper", "encode", "decode", "json", "raise_for_status"}
)
"""Methods that keep nothing of what they are handed."""

CHANGING = frozenset(
    {"append", "appendleft", "add", "extend", "insert", "update", "setdefault"}
    | {"remove", "discard", "pop", "popleft", "clear", "sort", "reverse"}
)
"""Methods that change a list, dict or set in place."""

_SEARCHES = frozenset({"getattr", "vars", "dir", "getmembers"})
_WORD = re.compile(r"[^\W\d]\w*")
_BLOCKS = (ast.If, ast.Try, ast.TryStar, ast.With, ast.AsyncWith)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SCOPES = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
)
_LINE_END = re.compile(r"\r\n|\r|\n")

ITSELF = "*"
"""Stands among a method's attributes of its object for the object as a whole."""


@dataclass(slots=True, eq=False)
class Unit:
    """A part of a module that is followed as a whole.

    That is one statement of the module's own body: a function, an assignment, and so on; of a
    class, what is before its body, and each statement of that. ``owner`` is then the names of
    the class and of those around it.
    """

    lines: tuple[int, int]
    """The first and the last, from 1; comments before a statement are its own."""
    owner: tuple[str, ...] = ()
    is_header: bool = False
    """Whether it is what stands before the body of a class."""
    is_function: bool = False
    unclear: bool = False
    """Whether Python cannot read it: its words are all that is known."""
    searched: set[str] = field(default_factory=set)
    """What names are looked up in by what a string says."""
    binds: set[str] = field(default_factory=set)
    """The names that it binds in the module's own body."""
    members: set[str] = field(default_factory=set)
    """The names that it binds in its class, or sets on an object of it."""
    names: set[str] = field(default_factory=set)
    attributes: set[tuple[str, str]] = field(default_factory=set)
    """Each attribute that is named, with the name that the expression begins with."""
    own: set[str] = field(default_factory=set)
    """The attributes that a method names of its object, and ITSELF where it names that alone."""
    bases: set[tuple[str, str | None]] = field(default_factory=set)
    """Of a header, what the class inherits from: a name, or an attribute of one."""
    imports: dict[str, tuple[int, str, str | None]] = field(default_factory=dict)
    """Local names, with the level, the module and the name there that they stand for."""
    stars: set[tuple[int, str]] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    """Names whose values may be changed in place."""
    stores: set[str] = field(default_factory=set)
    """The attributes that it sets, on whatever object."""
    alters: set[str] = field(default_factory=set)
    """The attributes whose lists and dicts it changes in place, on whatever object."""
    calls: set[tuple[str, str | None]] = field(default_factory=set)
    """What is called: a name, or an attribute of what a name stands for."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a statement begins: its line, and its column in bytes of UTF-8.

    ``decorators`` are such places of the expressions behind each ``@``.
    """

    line: int
    column: int
    decorators: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a function that has nothing to say to other code until it is called.

    It binds, or changes in place, nothing outside but attributes, and defines no class. It
    stands on lines of its own: ``first`` to ``last``.
    """

    first: int
    last: int
    statements: int
    stores: frozenset[str]
    """The attributes that it sets."""
    alters: frozenset[str]
    """The attributes whose lists and dicts it changes in place."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What Python's own parser tells of a module.

    ``starts`` are those of its statements, in source order; None where Python cannot read it.
    ``bodies`` are found by the number of the function's own statement among those.
    """

    units: list[Unit]
    starts: tuple[Start, ...] | None
    bodies: Mapping[int, Body] = field(default_factory=dict)


def read_outline(text: str) -> Outline:
    """Return the outline of a module, with one unit for all where Python cannot read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd escapes
            tree = ast.parse(text)
        reader = _Reader(text)
        units = list(reader.read(tree.body, (), 1))
        starts, numbers = _list_starts(tree, reader.bodies)
        bodies = {numbers[node]: body for node, body in reader.bodies.items()}
        return Outline(units, starts, bodies)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        words = set(_WORD.findall(text))
        return Outline([Unit((1, len(text)), unclear=True, binds=words, names=words)], None)


def _list_starts(
    tree: ast.Module, wanted: Container[ast.stmt]
) -> tuple[tuple[Start, ...], dict[ast.stmt, int]]:
    """Return where statements begin, in source order, and which number some of them have."""
    starts: list[Start] = []
    numbers: dict[ast.stmt, int] = {}
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.stmt):
            if node in wanted:
                numbers[node] = len(starts)
            decorators = getattr(node, "decorator_list", ())
            places = tuple((each.lineno, each.col_offset) for each in decorators)
            starts.append(Start(node.lineno, node.col_offset, places))
        pending.extend(reversed(_list_inner(node)))
    return tuple(starts), numbers


def _list_inner(node: ast.AST) -> list[ast.AST]:
    """Return what may be, or hold, a statement in the blocks of a node, in source order."""
    inner: list[ast.AST] = []
    for name in ("body", "handlers", "cases", "orelse", "finalbody"):
        found = getattr(node, name, ())
        if isinstance(found, list):
            inner.extend(found)
    return inner


class _Reader:
    """Reads the units of one module, and notes which bodies say nothing by themselves."""

    def __init__(self, text: str) -> None:
        self._lines = _LINE_END.split(text)
        self.bodies: dict[ast.stmt, Body] = {}

    def read(self, body: list[ast.stmt], owner: tuple[str, ...], start: int) -> Iterator[Unit]:
        """Yield the units of a body whose first line, with comments before it, is ``start``."""
        for statement in _statements(body):
            begins = _first_line(statement)
            first, last = min(start, begins), statement.end_lineno or begins
            start = last + 1
            if isinstance(statement, ast.ClassDef):
                header = _read_header(statement, owner, first)
                yield header
                yield from self.read(statement.body, header.owner, header.lines[1] + 1)
            else:
                unit, walker = _read_statement(statement, owner, (first, last))
                if isinstance(statement, _FUNCTIONS) and walker.is_closed(statement):
                    self._note_body(statement, unit)
                yield unit

    def _note_body(self, statement: ast.FunctionDef | ast.AsyncFunctionDef, unit: Unit) -> None:
        first, last = _first_line(statement.body[0]), statement.end_lineno or 0
        column = statement.body[0].col_offset
        if self._lines[first - 1][:column].isspace() and last > first:
            inside = sum(1 for node in _walk_statements(statement)) - 1
            stores, alters = frozenset(unit.stores), frozenset(unit.alters)
            self.bodies[statement] = Body(first, last, inside, stores, alters)


def _walk_statements(root: ast.stmt) -> Iterator[ast.stmt]:
    pending: list[ast.AST] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.stmt):
            yield node
        pending.extend(_list_inner(node))


def _read_header(statement: ast.ClassDef, owner: tuple[str, ...], first: int) -> Unit:
    """Return what stands before the body of a class."""
    unit = Unit(
        (first, max(first, _first_line(statement.body[0]) - 1)),
        (*owner, statement.name),
        is_header=True,
    )
    if owner:
        unit.members.add(statement.name)
    else:
        unit.binds.add(statement.name)
    walker = _Walker(unit, inside=True)
    for base in statement.bases:
        root = _root(base.value if isinstance(base, ast.Subscript) else base)
        if root is not None:
            unit.bases.add((root, base.attr if isinstance(base, ast.Attribute) else None))
        if not isinstance(base, ast.Name | ast.Attribute):
            walker.walk(base)
    for node in (*statement.decorator_list, *statement.keywords):
        walker.walk(node)
    return unit


def _read_statement(
    statement: ast.stmt, owner: tuple[str, ...], lines: tuple[int, int]
) -> tuple[Unit, _Walker]:
    unit = Unit(lines, owner, is_function=isinstance(statement, _FUNCTIONS))
    bound = unit.members if owner else unit.binds
    walker = _Walker(unit, inside=unit.is_function or bool(owner))
    if isinstance(statement, _FUNCTIONS):
        bound.add(statement.name)
        if owner:
            arguments = [*statement.args.posonlyargs, *statement.args.args]
            walker.objects = {"self", "cls", "super", *(each.arg for each in arguments[:1])}
    walker.walk(statement)
    if owner and not unit.is_function:
        unit.members.update(walker.stored)
    if not unit.is_function:
        bound.update(unit.imports)
    return unit, walker


def _first_line(statement: ast.stmt) -> int:
    """Return the line of a statement, or that of its first decorator."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(each.lineno for each in decorators)])


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements, those of blocks apart from each other."""
    for statement in body:
        if not isinstance(statement, _BLOCKS):
            yield statement
            continue
        if isinstance(statement, ast.With | ast.AsyncWith):
            head = ast.With(statement.items, [], lineno=statement.lineno)
            head.end_lineno = statement.body[0].lineno
            yield head
        if isinstance(statement, ast.If):
            test = ast.Expr(statement.test, lineno=statement.lineno)
            test.end_lineno = statement.test.end_lineno
            yield test
        for name in ("body", "handlers", "orelse", "finalbody"):
            for each in getattr(statement, name, ()):
                inner = each.body if isinstance(each, ast.ExceptHandler) else [each]
                yield from _statements(inner)


class _Walker:
    """Notes what a unit says of names; ``inside`` a function or class, none is the module's."""

    def __init__(self, unit: Unit, *, inside: bool) -> None:
        self.unit = unit
        self.inside = inside
        self.objects: set[str] = set()
        """What a method calls its object, or the class of it."""
        self.stored: set[str] = set()
        self.changed: set[str] = set()
        """Names whose lists and dicts are changed in place."""
        self.declares = False
        """Whether there is a class inside, or a name that is another scope's."""

    def is_closed(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Tell whether a function that was walked changes nothing outside but attributes."""
        if self.declares:
            return False
        return not self.changed or self.changed <= _local_names(function)

    def walk(self, root: ast.AST) -> None:
        pending = [root]
        while pending:
            node = pending.pop()
            note = _NOTES.get(type(node))
            pending.extend(_list_children(node) if note is None else note(self, node))

    def name(self, node: ast.Name) -> Sequence[ast.AST]:
        unit, name = self.unit, node.id
        unit.names.add(name)
        if name in self.objects and name != "super":
            unit.own.add(ITSELF)
        if not isinstance(node.ctx, ast.Load):
            self.stored.add(name)
            if not self.inside:
                unit.binds.add(name)
        return ()

    def shared(self, node: ast.Global) -> Sequence[ast.AST]:
        self.unit.binds.update(node.names)
        self.declares = True
        return ()

    def declaration(self, node: ast.Nonlocal | ast.ClassDef) -> Sequence[ast.AST]:
        self.declares = True
        return _list_children(node)

    def attribute(self, node: ast.Attribute) -> Sequence[ast.AST]:
        unit, root = self.unit, _root(node.value)
        if not isinstance(node.ctx, ast.Load):
            unit.stores.add(node.attr)
        if root is not None:
            unit.attributes.add((root, node.attr))
            if node.attr == "__dict__":
                unit.searched.add(root)
            if not isinstance(node.ctx, ast.Load):
                unit.changes.add(root)
            if root in self.objects:
                unit.own.add(node.attr)
                if not isinstance(node.ctx, ast.Load):
                    unit.members.add(node.attr)
                if isinstance(node.value, ast.Name):
                    unit.names.add(root)
                    return ()
        return (node.value,)

    def subscript(self, node: ast.Subscript) -> Sequence[ast.AST]:
        if not isinstance(node.ctx, ast.Load):
            self.unit.changes.update(filter(None, [_root(node.value)]))
            self.alter(node.value)
        return (node.value, node.slice)

    def alter(self, node: ast.expr) -> None:
        """Note what is changed in place: an attribute, or what a name stands for."""
        if isinstance(node, ast.Name):
            self.changed.add(node.id)
        elif isinstance(node, ast.Attribute):
            self.unit.alters.add(node.attr)
            if _root(node) in self.objects:
                self.unit.members.add(node.attr)

    def call(self, node: ast.Call) -> Sequence[ast.AST]:
        unit, func = self.unit, node.func
        if isinstance(func, ast.Name):
            unit.calls.add((func.id, None))
        elif isinstance(func, ast.Attribute):
            root = _root(func.value)
            if root is not None:
                unit.calls.add((root, func.attr))
                if func.attr not in _QUIET:
                    unit.changes.add(root)
                    if isinstance(func.value, ast.Attribute) and root in self.objects:
                        unit.members.add(func.value.attr)
            if func.attr in CHANGING:
                self.alter(func.value)
        handed = [*node.args, *(each.value for each in node.keywords)]
        plain = {each.id for each in handed if isinstance(each, ast.Name)}
        if not self.inside:
            unit.changes.update(plain)
        if _last_name(func) in _SEARCHES:
            self.search(node, plain)
        if isinstance(func, ast.Name) and func.id == "super":
            unit.names.add("super")
            return handed
        return (func, *handed)

    def search(self, node: ast.Call, plain: set[str]) -> None:
        """Note what a name is looked up in: ``getattr(api, "API")`` says which itself."""
        match node.args:
            case [ast.Name(root), ast.Constant(str(name)), *_]:
                self.unit.attributes.add((root, name))
                if root in self.objects:
                    self.unit.own.add(name)
            case _:
                self.unit.searched.update(plain)

    def import_(self, node: ast.Import) -> Sequence[ast.AST]:
        for each in node.names:
            local = each.asname or each.name.partition(".")[0]
            self.unit.imports[local] = (0, each.name if each.asname else local, None)
        return ()

    def import_from(self, node: ast.ImportFrom) -> Sequence[ast.AST]:
        for each in node.names:
            if each.name == "*":
                self.unit.stars.add((node.level, node.module or ""))
            else:
                target = (node.level, node.module or "", each.name)
                self.unit.imports[each.asname or each.name] = target
        return ()


_NOTES: dict[type[ast.AST], Callable[..., Sequence[ast.AST]]] = {
    ast.Name: _Walker.name,
    ast.Global: _Walker.shared,
    ast.Nonlocal: _Walker.declaration,
    ast.ClassDef: _Walker.declaration,
    ast.Attribute: _Walker.attribute,
    ast.Subscript: _Walker.subscript,
    ast.Call: _Walker.call,
    ast.Import: _Walker.import_,
    ast.ImportFrom: _Walker.import_from,
    ast.Constant: lambda _walker, _node: (),
    ast.Load: lambda _walker, _node: (),
    ast.Store: lambda _walker, _node: (),
}


def _local_names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return the names that are certain to be a function's own: bound in it, and not deeper."""
    arguments = function.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    given += [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
    found = {each.arg for each in given}
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        if not isinstance(node, _SCOPES):
            pending.extend(_list_children(node))
    return found


def _list_children(node: ast.AST) -> list[ast.AST]:
    """Return the nodes right below one: as ``ast.iter_child_nodes`` does, in half the time."""
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            found += [each for each in value if isinstance(each, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


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
