"""One parsed module and what an index of it holds."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst

from migrator.program.scopes import Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrator.program.bodies import LeftOut, Piece
    from migrator.program.scopes import Attribute, Binding, Comparison, Import, Point, Site
    from migrator.program.units import Start
    from migrator.values import SourceFile


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A statement: its order, which those of points refer to, and its number in the source."""

    order: int
    node: cst.CSTNode
    number: int


@dataclass(slots=True, eq=False, repr=False)
class Module:
    """A parsed file: its tree, its scopes, and the places that later stages start from."""

    path: str
    source: SourceFile
    tree: cst.Module
    pieces: list[Piece] = field(default_factory=list)
    """Its tree, and those of the bodies that were left out of it and asked for since."""
    left_out: dict[Scope, LeftOut] = field(default_factory=dict)
    """The bodies that are not in the tree, asked for or not."""
    storing: dict[str, list[Scope]] = field(default_factory=dict)
    """By attribute, the functions whose bodies set it and have not been asked for that."""
    altering: dict[str, list[Scope]] = field(default_factory=dict)
    """The same for what is changed in place."""
    starts: tuple[Start, ...] | None = None
    """Where its statements begin, in source order; None where that is not known."""
    scopes: list[Scope] = field(default_factory=list)
    attributes: dict[str, list[Attribute]] = field(default_factory=dict)
    mutations: dict[str, list[Attribute]] = field(default_factory=dict)
    """Where the list or dict that an attribute holds is changed in place."""
    changes: list[tuple[cst.BaseExpression, Binding]] = field(default_factory=list)
    """What is changed in place, by whatever expression it is reached, and where."""
    comparisons: list[Comparison] = field(default_factory=list)
    matched: list[Comparison] = field(default_factory=list)
    """The values that patterns of ``match`` look for in a sequence."""
    lookups: list[tuple[cst.Subscript, Point]] = field(default_factory=list)
    """What is read, set, updated or deleted under a key that the code makes."""
    imports: list[Import] = field(default_factory=list)
    star_imports: list[Import] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    """Those that have been read, in source order."""
    literals: dict[cst.SimpleString | cst.FormattedStringText, int] = field(default_factory=dict)
    """Each string, or part of an f-string, with the order of the statement that it is in."""
    formatted: list[tuple[cst.FormattedString, Point]] = field(default_factory=list)
    lambdas: dict[cst.Lambda, Scope] = field(default_factory=dict)
    comprehensions: dict[cst.BaseComp, Scope] = field(default_factory=dict)
    prose: set[cst.CSTNode] = field(default_factory=set)
    """Strings that stand alone as a statement: docstrings and commented-out code."""

    def __post_init__(self) -> None:
        self.scopes.append(Scope(ScopeKind.MODULE, "", None, self))

    @property
    def top(self) -> Scope:
        """Return the scope of the module's own body."""
        return self.scopes[0]

    def line_of(self, order: int) -> int | None:
        """Return the line of the statement with an order; None where that is not known."""
        if self.starts is None:
            return None
        at = bisect_right(self.statements, order, key=lambda each: each.order) - 1
        return self.starts[self.statements[max(at, 0)].number].line if self.statements else None

    def sites(self) -> Iterator[Site]:
        """Yield the calls that have been read."""
        for scope in list(self.scopes):
            if scope.later is None:
                yield from scope.sites

    def set_attributes(self, name: str) -> Sequence[Attribute]:
        """Return where an attribute of a name is set."""
        self._read(self.storing, name)
        return sorted(self.attributes.get(name, ()), key=lambda each: each.binding.point.order)

    def altered_attributes(self, name: str) -> Sequence[Attribute]:
        """Return where the list or dict that an attribute of a name holds is changed in place."""
        self._read(self.altering, name)
        return sorted(self.mutations.get(name, ()), key=lambda each: each.binding.point.order)

    def calls_of(self, name: str) -> list[Site]:
        """Return the calls of methods with a name."""
        for scope, left in self.left_out.items():
            if scope.later is not None and name in left.text:
                _ = scope.sites
        return [
            site
            for site in self.sites()
            if isinstance(site.node.func, cst.Attribute) and site.node.func.attr.value == name
        ]

    def leave_out(self, scope: Scope, left: LeftOut) -> None:
        """Note a body that is not in the tree, by the attributes that it has to do with."""
        self.left_out[scope] = left
        for name in left.body.stores:
            self.storing.setdefault(name, []).append(scope)
        for name in left.body.alters:
            self.altering.setdefault(name, []).append(scope)

    @staticmethod
    def _read(scopes: dict[str, list[Scope]], name: str) -> None:
        """Read the bodies that have to do with an attribute."""
        for scope in scopes.pop(name, ()):
            _ = scope.sites

    def classes(self) -> list[Scope]:
        """Return every class of the module, nested ones included."""
        return [scope for scope in self.scopes if scope.kind is ScopeKind.CLASS]
