"""What the statements of a module say of names, by Python's own parser: it is quick."""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence
    from typing import Any

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
    | {"from_mapping", "from_object"}
)
"""Methods that change a list, dict or set, or the settings of an application, in place."""

_SEARCHES = frozenset({"getattr", "vars", "dir", "getmembers"})
_WORD = re.compile(r"[^\W\d]\w*")
_BLOCKS = (ast.If, ast.Try, ast.TryStar, ast.With, ast.AsyncWith)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_DEFINITIONS = (*_FUNCTIONS, ast.ClassDef)
_BLOCK_FIELDS = ("body", "handlers", "cases", "orelse", "finalbody")
_PLAIN_FIELDS = frozenset(
    {"ctx", "op", "ops", "id", "attr", "arg", "level", "simple", "is_async", "conversion", "kind"}
    | {"type_comment", "lineno", "module"}
)
"""What holds no other node, or no more than a sign."""
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


class Start(NamedTuple):
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
        starts, numbers = _list_starts(tree, reader.closed)
        return Outline(units, starts, dict(_find_bodies(reader, starts, numbers)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        words = set(_WORD.findall(text))
        return Outline([Unit((1, len(text)), unclear=True, binds=words, names=words)], None)


def _list_starts(
    tree: ast.Module, wanted: Container[ast.stmt]
) -> tuple[tuple[Start, ...], dict[ast.stmt, int]]:
    """Return where statements begin, in source order, and which number some of them have."""
    starts: list[Start] = []
    numbers: dict[ast.stmt, int] = {}
    pending: list[ast.AST] = list(reversed(tree.body))
    while pending:
        node = pending.pop()
        if isinstance(node, ast.stmt):
            decorators: tuple[tuple[int, int], ...] = ()
            if isinstance(node, _DEFINITIONS):
                decorators = tuple((each.lineno, each.col_offset) for each in node.decorator_list)
                if node in wanted:
                    numbers[node] = len(starts)
            starts.append(Start(node.lineno, node.col_offset, decorators))
        for name in reversed(_BLOCK_NAMES.get(type(node), ())):
            pending.extend(reversed(getattr(node, name)))
    return tuple(starts), numbers


def _find_bodies(
    reader: _Reader, starts: Sequence[Start], numbers: Mapping[ast.stmt, int]
) -> Iterator[tuple[int, Body]]:
    """Yield the bodies of closed functions that stand on lines of their own."""
    for statement, unit in reader.closed.items():
        first, last = _first_line(statement.body[0]), statement.end_lineno or 0
        column = statement.body[0].col_offset
        if reader.lines[first - 1][:column].isspace() and last > first:
            number = numbers[statement]
            end = bisect_right(starts, last, lo=number, key=_line)
            stores, alters = frozenset(unit.stores), frozenset(unit.alters)
            yield number, Body(first, last, end - number - 1, stores, alters)


def _line(start: Start) -> int:
    return start.line


class _Reader:
    """Reads the units of one module, and notes which bodies say nothing by themselves."""

    def __init__(self, text: str) -> None:
        self.lines = _LINE_END.split(text)
        self.closed: dict[ast.FunctionDef | ast.AsyncFunctionDef, Unit] = {}
        """The functions that say nothing to other code until they are called."""

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
                    self.closed[statement] = unit
                yield unit


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
        walker.walk(statement.args, *statement.decorator_list, *filter(None, [statement.returns]))
        walker.walk(*getattr(statement, "type_params", ()))
        # What the function itself binds is what its body does.
        walker.stored.clear()
        walker.inner.clear()
        walker.walk(*statement.body)
    else:
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
        self.inner: set[str] = set()
        """Names that are bound in a scope inside a function: they may be its own as well."""

    def is_closed(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
        """Tell whether a function that was walked changes nothing outside but attributes."""
        own = self.stored - self.inner
        return not self.declares and (self.changed <= own | _argument_names(function))

    def walk(self, *roots: ast.AST) -> None:
        pending = [*roots]
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

    def nest(self, node: ast.AST) -> Sequence[ast.AST]:
        bound = getattr(node, "generators", None)
        pending: list[ast.AST] = [node] if bound is None else [each.target for each in bound]
        while pending:
            each = pending.pop()
            if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load):
                self.inner.add(each.id)
            pending.extend(_list_children(each))
        return _list_children(node)

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
    **dict.fromkeys((ast.Lambda, ast.ListComp, ast.SetComp), _Walker.nest),
    **dict.fromkeys((ast.DictComp, ast.GeneratorExp, *_FUNCTIONS), _Walker.nest),
}


def _argument_names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    arguments = function.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    given += [each for each in (arguments.vararg, arguments.kwarg) if each is not None]
    return {each.arg for each in given}


def _list_children(node: ast.AST | None) -> list[ast.AST]:
    """Return what is right below a node, of what can hold a name: nodes, and a few None."""
    get = _GETTERS.get(type(node))
    found: list[ast.AST] = []
    for value in get(node) if get is not None else ():
        if type(value) is list:
            found += value
        else:
            found.append(value)
    return found


def _make_getter(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Return what gets the fields of a kind of node: for all of them at once, it is quick."""
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda node: (get(node),)


_KINDS = [
    each for each in vars(ast).values() if isinstance(each, type) and issubclass(each, ast.AST)
]
_FIELDS = {kind: [n for n in kind._fields if n not in _PLAIN_FIELDS] for kind in _KINDS}
_GETTERS: Mapping[object, Callable[[object], tuple[Any, ...]]] = {
    kind: _make_getter(names) for kind, names in _FIELDS.items() if names
}
_BLOCK_NAMES = {
    kind: tuple(name for name in _BLOCK_FIELDS if name in kind._fields)
    for kind in _KINDS
    if not issubclass(kind, ast.expr)
}
"""What may be, or hold, a statement in a kind of node, in source order."""


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
