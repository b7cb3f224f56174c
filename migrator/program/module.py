"""One parsed module and what an index of it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrator.program.scopes import Scope, ScopeKind

if TYPE_CHECKING:
    import libcst as cst

    from migrator.program.scopes import Attribute, Binding, Comparison, Import, Point
    from migrator.values import SourceFile


@dataclass(slots=True, eq=False, repr=False)
class Module:
    """A parsed file: its tree, its scopes, and the places that later stages start from."""

    path: str
    source: SourceFile
    tree: cst.Module
    scopes: list[Scope] = field(default_factory=list)
    attributes: dict[str, list[Attribute]] = field(default_factory=dict)
    mutations: dict[str, list[Attribute]] = field(default_factory=dict)
    """Where the list or dict that an attribute holds is changed in place."""
    changes: list[tuple[cst.BaseExpression, Binding]] = field(default_factory=list)
    """What is changed in place, by whatever expression it is reached, and where."""
    comparisons: list[Comparison] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    star_imports: list[Import] = field(default_factory=list)
    statements: list[tuple[int, cst.CSTNode]] = field(default_factory=list)
    """Each statement with its order, which those of points refer to."""
    literals: dict[cst.SimpleString | cst.FormattedStringText, int] = field(default_factory=dict)
    """Each string, or part of an f-string, with the order of the statement that it is in."""
    formatted: list[tuple[cst.FormattedString, Point]] = field(default_factory=list)
    lambdas: dict[cst.Lambda, Scope] = field(default_factory=dict)
    comprehensions: dict[cst.BaseComp, Scope] = field(default_factory=dict)
    prose: set[cst.CSTNode] = field(default_factory=set)
    """Strings that stand alone as a statement: docstrings and commented-out code."""

    @property
    def top(self) -> Scope:
        """Return the scope of the module's own body."""
        return self.scopes[0]

    def classes(self) -> list[Scope]:
        """Return every class of the module, nested ones included."""
        return [scope for scope in self.scopes if scope.kind is ScopeKind.CLASS]
