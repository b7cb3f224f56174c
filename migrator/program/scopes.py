"""What the index of one module holds: scopes, bindings, call sites, and where they stand.

These hold syntax nodes, so they stay inside the analysis; what leaves it is in
``migrator.values``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import libcst as cst

    from migrator.program.module import Module


_OF_BODY = ("bindings", "shared", "results", "yields", "sites", "inner")
"""What a scope has from the body of its function."""


class ScopeKind(Enum):
    """The four kinds of scope that Python has."""

    MODULE = auto()
    CLASS = auto()
    FUNCTION = auto()
    COMPREHENSION = auto()


class BindingKind(Enum):
    """The ways in which a name or an attribute comes by its value."""

    ASSIGN = auto()
    AUGMENT = auto()
    """``name op= value``: joins the value before it with ``value``."""
    ELEMENT = auto()
    """Each element of ``value`` in turn: a loop variable."""
    ENTER = auto()
    """What ``with value as name`` binds."""
    MUTATE = auto()
    """``name.append(…)``, ``name[…] = …`` and the like: changes the value before it."""
    PARAMETER = auto()
    FUNCTION = auto()
    CLASS = auto()
    IMPORT = auto()
    OPAQUE = auto()
    """Bound to something that is not followed: an exception, a match capture, ``del``."""


@dataclass(slots=True, eq=False, repr=False)
class Block:
    """One arm of a compound statement: what decides whether a binding reaches a use."""

    parent: Block | None
    statement: int
    arm: int
    exclusive: bool = False
    """No two arms of the statement run together, as in ``if`` and ``match``."""
    siblings: int = 0
    """How many arms there are where one of them always runs, else 0."""
    loop: bool = False
    leaves: bool = False
    """The arm ends in return or raise: nothing after it sees its bindings."""
    jumps: bool = False
    """The arm ends in continue or break: nothing after it in the loop sees its bindings."""

    def chain(self) -> Iterator[Block]:
        """Yield this block and those around it, innermost first."""
        block: Block | None = self
        while block is not None:
            yield block
            block = block.parent


@dataclass(slots=True, eq=False, repr=False)
class Point:
    """A moment in the program: which names are visible, and what was bound before."""

    scope: Scope
    order: int
    block: Block | None


@dataclass(slots=True, eq=False, repr=False)
class Binding:
    """One place where a name gets a value.

    ``path`` says which part of ``value`` is meant where a tuple is unpacked: an index,
    or a slice for a starred rest.
    """

    kind: BindingKind
    point: Point
    value: cst.BaseExpression | None = None
    path: tuple[int | slice, ...] = ()
    operator: cst.BaseAugOp | None = None
    scope: Scope | None = None
    """The function or class that the name is bound to."""
    imported: Import | None = None
    annotation: cst.BaseExpression | None = None
    mutation: Mutation | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Mutation:
    """What changes a list or dict in place: the name of the method and its arguments."""

    method: str
    arguments: tuple[cst.BaseExpression, ...]
    keywords: tuple[tuple[str, cst.BaseExpression], ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class Import:
    """``import module`` (``name`` is None) or ``from module import name``."""

    level: int
    module: str
    name: str | None


@dataclass(slots=True, eq=False, repr=False)
class Attribute:
    """``target.name = value`` anywhere but in a class body."""

    target: cst.BaseExpression
    binding: Binding


@dataclass(slots=True, eq=False, repr=False)
class Parameter:
    """One parameter of a function."""

    name: str
    default: cst.BaseExpression | None
    annotation: cst.BaseExpression | None


@dataclass(slots=True, eq=False, repr=False)
class Signature:
    """The parameters of a function by the way they are filled."""

    positional: tuple[Parameter, ...] = ()
    keyword_only: tuple[Parameter, ...] = ()
    star: str | None = None
    double_star: str | None = None

    def named(self) -> tuple[Parameter, ...]:
        """Return every parameter that takes one value."""
        return self.positional + self.keyword_only


@dataclass(slots=True, eq=False, repr=False)
class Site:
    """One call in the source, and the moment at which it is made."""

    node: cst.Call
    point: Point
    decorates: bool = False
    """The call stands in a decorator: it registers something rather than sending it."""


@dataclass(slots=True, eq=False, repr=False)
class Comparison:
    """One ``left operator right`` of a comparison, or what a pattern asks of a subject."""

    node: cst.Comparison | cst.MatchValue
    left: cst.BaseExpression
    operator: cst.BaseCompOp
    right: cst.BaseExpression
    point: Point


@dataclass(slots=True, eq=False, repr=False)
class Scope:
    """A module, class, function or comprehension, with the names bound in it."""

    kind: ScopeKind
    name: str
    parent: Scope | None
    module: Module
    point: Point | None = None
    """Where the scope is defined, in its parent; None for a module."""
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    """Names that code of other scopes binds, or changes, too."""
    signature: Signature = field(default_factory=Signature)
    results: list[tuple[cst.BaseExpression, Point]] = field(default_factory=list)
    yields: list[tuple[cst.BaseExpression, Point]] = field(default_factory=list)
    decorators: list[cst.BaseExpression] = field(default_factory=list)
    bases: list[cst.BaseExpression] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    inner: list[Scope] = field(default_factory=list)
    """Of a function: those of lambdas, comprehensions and functions in its body."""
    later: Callable[[], None] | None = None
    """What reads the body of a function, while nobody has asked for anything in it."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Read the body of a function, at the first question that only the body answers."""
            read = self.later if name in _OF_BODY else None
            if read is None:
                raise AttributeError(name)
            self.later = None
            read()
            return getattr(self, name)

    def postpone(self, read: Callable[[], None]) -> None:
        """Have ``read`` fill in what the body says of names and calls, once that is asked for."""
        bindings = self.bindings
        for name in _OF_BODY:
            delattr(self, name)

        def fill() -> None:
            self.bindings, self.shared = bindings, set()
            self.results, self.yields, self.sites, self.inner = [], [], [], []
            read()

        self.later = fill

    @property
    def function(self) -> Scope | None:
        """Return the function whose body this scope's code runs in, if any."""
        scope: Scope | None = self
        while scope is not None and scope.kind is ScopeKind.COMPREHENSION:
            scope = scope.parent
        return scope if scope is not None and scope.kind is ScopeKind.FUNCTION else None

    @property
    def owner(self) -> Scope | None:
        """Return the class that a method is defined in, None for other scopes."""
        parent = self.parent
        if self.kind is ScopeKind.FUNCTION and parent and parent.kind is ScopeKind.CLASS:
            return parent
        return None

    @property
    def qualified_name(self) -> str:
        """Return the dotted name inside the module."""
        if self.parent is None or self.parent.kind is ScopeKind.MODULE:
            return self.name
        return f"{self.parent.qualified_name}.{self.name}"
