"""Indexes one module in a single walk: scopes, bindings, calls, comparisons, imports."""

from __future__ import annotations

from bisect import bisect_right
from types import MappingProxyType
from typing import TYPE_CHECKING

import libcst as cst

from migrator.errors import ParseError
from migrator.program.bodies import HEADER, Piece
from migrator.program.module import Module, Statement
from migrator.program.scopes import (
    Attribute,
    Binding,
    BindingKind,
    Block,
    Comparison,
    Import,
    Mutation,
    Parameter,
    Point,
    Scope,
    ScopeKind,
    Signature,
    Site,
)
from migrator.program.syntax import children, parse_text
from migrator.program.units import CHANGING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from migrator.program.bodies import LeftOut
    from migrator.program.units import Outline
    from migrator.values import SourceFile

_LEAVES = (cst.Return, cst.Raise)
_JUMPS = (cst.Continue, cst.Break)
_NONE: Mapping[int, LeftOut] = MappingProxyType({})
_SETTING = (BindingKind.ASSIGN, BindingKind.AUGMENT)
_SKIPPED = (cst.Name, cst.Integer, cst.Float, cst.Imaginary, cst.Ellipsis, cst.Pass)


def index_module(
    source: SourceFile,
    piece: Piece,
    outline: Outline | None = None,
    left_out: Mapping[int, LeftOut] = _NONE,
) -> Module:
    """Build the index of a parsed file.

    ``left_out`` are the bodies that are not in the tree: each is parsed once it is asked for.
    """
    module = Module(source.path, source, piece.tree, [piece])
    indexer = _Indexer(module, module.top, left_out)
    indexer.body(piece.tree.body)
    indexer.finish()
    if outline is not None and outline.starts and len(outline.starts) == indexer.count:
        module.starts = outline.starts
    return module


def _read_body(module: Module, scope: Scope, left: LeftOut, order: int, count: int) -> None:
    """Add a body that was left out to the index."""
    text = HEADER + left.text
    try:
        tree = parse_text(text)
    except ParseError:
        return  # Python's own parser has read it: it is nested too deep to be followed
    (function,) = tree.body
    if not isinstance(function, cst.FunctionDef):
        return
    module.pieces.append(Piece(tree, text, ((0, left.offset - len(HEADER)),)))
    indexer = _Indexer(module, scope, _NONE)
    indexer.order, indexer.count = order, count
    indexer.point = Point(scope, order, None)
    indexer.suite(function.body)
    indexer.finish()
    if indexer.count != count + left.body.statements:
        module.starts = None


class _Indexer:
    """Walks one tree. ``point`` is the moment of the statement being walked."""

    def __init__(self, module: Module, scope: Scope, left_out: Mapping[int, LeftOut]) -> None:
        self.module = module
        self.scope = scope
        self.left_out = left_out
        self.block: Block | None = None
        self.order = 0
        self.count = 0
        """How many statements, in source order, have begun: lines of simple ones do not count."""
        self.point = Point(scope, 0, None)
        self.decorating = False
        self.statements: list[Statement] = []
        self.changes: list[tuple[Scope, str, Binding]] = []

    def finish(self) -> None:
        """Note what could not be noted before all was read."""
        for scope, name, binding in self.changes:
            _add_change(scope, name, binding)
        known = self.module.statements
        at = bisect_right(known, self.statements[0].order, key=_order) if self.statements else 0
        known[at:at] = self.statements

    # Statements

    def body(self, statements: Iterable[cst.CSTNode]) -> None:
        for statement in statements:
            self.begin(statement)
            visit = _STATEMENTS.get(type(statement))
            if visit is not None:
                visit(self, statement)
            else:
                self.expressions(statement)

    def begin(self, statement: cst.CSTNode) -> None:
        """Move to the moment of the next statement."""
        self.order += 1
        self.point = Point(self.scope, self.order, self.block)
        if not isinstance(statement, cst.SimpleStatementLine):
            self.statements.append(Statement(self.order, statement, self.count))
            self.count += 1

    def suite(self, suite: cst.BaseSuite, block: Block | None = None) -> None:
        """Walk an indented or one-line body, as an arm of its own where ``block`` is given."""
        outer = self.block
        if block is not None:
            self.block = block
        self.body(suite.body)
        if block is not None:
            last = _last_statement(suite)
            block.leaves, block.jumps = isinstance(last, _LEAVES), isinstance(last, _JUMPS)
        self.block = outer
        self.point = Point(self.scope, self.order, outer)

    def arm(self, number: int, *, exclusive: bool = False, loop: bool = False) -> Block:
        return Block(self.block, self.statement, number, exclusive=exclusive, loop=loop)

    @property
    def statement(self) -> int:
        return self.point.order

    def simple_line(self, node: cst.SimpleStatementLine) -> None:
        for small in node.body:
            if isinstance(small, cst.Expr) and isinstance(
                small.value, (cst.BaseString, cst.FormattedString)
            ):
                self.module.prose.add(small.value)
        self.body(node.body)

    def if_(self, node: cst.If) -> None:
        statement = self.point.order
        arms: list[Block] = []
        current: cst.If | cst.Else | None = node
        while current is not None:
            if isinstance(current, cst.If):
                if arms:
                    self.begin(current)
                self.expressions(current.test)
            arms.append(Block(self.block, statement, len(arms), exclusive=True))
            self.suite(current.body, arms[-1])
            last, current = current, current.orelse if isinstance(current, cst.If) else None
        if isinstance(last, cst.Else):
            for arm in arms:
                arm.siblings = len(arms)

    def for_(self, node: cst.For) -> None:
        self.expressions(node.iter)
        block = self.arm(0, loop=True)
        outer, self.block = self.block, block
        self.point = Point(self.scope, self.order, block)
        self.bind(node.target, node.iter, BindingKind.ELEMENT)
        self.block = outer
        self.suite(node.body, block)
        if node.orelse:
            self.suite(node.orelse.body, Block(outer, block.statement, 1))

    def while_(self, node: cst.While) -> None:
        block = self.arm(0, loop=True)
        outer, self.block = self.block, block
        self.point = Point(self.scope, self.order, block)
        self.expressions(node.test)
        self.block = outer
        self.suite(node.body, block)
        if node.orelse:
            self.suite(node.orelse.body, Block(outer, block.statement, 1))

    def try_(self, node: cst.Try | cst.TryStar) -> None:
        statement = self.point.order
        # The body of a try is an arm like the others: any of its bindings may be missing
        # in a handler, and none is certain after it.
        body = Block(self.block, statement, 0)
        self.suite(node.body, body)
        if node.handlers and isinstance(_last_statement(node.body), cst.Raise):
            body.leaves = False
        handlers: Sequence[cst.ExceptHandler | cst.ExceptStarHandler] = node.handlers
        for number, handler in enumerate(handlers, 1):
            block = Block(self.block, statement, number)
            outer, self.block = self.block, block
            self.point = Point(self.scope, self.order, block)
            if handler.name is not None:
                self.bind(handler.name.name, None, BindingKind.OPAQUE)
            self.block = outer
            self.suite(handler.body, block)
        if node.orelse:
            self.suite(node.orelse.body, Block(self.block, statement, 0))
        if node.finalbody:
            self.suite(node.finalbody.body)

    def with_(self, node: cst.With) -> None:
        for item in node.items:
            self.expressions(item.item)
            if item.asname is not None:
                self.bind(item.asname.name, item.item, BindingKind.ENTER)
        self.suite(node.body)

    def match_(self, node: cst.Match) -> None:
        self.expressions(node.subject)
        statement = self.point.order
        for number, case in enumerate(node.cases):
            block = Block(self.block, statement, number, exclusive=True)
            outer, self.block = self.block, block
            self.point = Point(self.scope, self.order, block)
            self.captures(case.pattern)
            if isinstance(case.pattern, cst.MatchSequence):
                self.elements(node.subject, case.pattern)
            if case.guard is not None:
                self.expressions(case.guard)
            self.block = outer
            self.suite(case.body, block)

    def elements(self, subject: cst.BaseExpression, pattern: cst.MatchSequence) -> None:
        """Note the values that a pattern looks for among the parts of its subject."""
        for element in pattern.patterns:
            value = element.value if isinstance(element, cst.MatchSequenceElement) else None
            if isinstance(value, cst.MatchValue):
                self.module.matched.append(
                    Comparison(value, value.value, cst.In(), subject, self.point)
                )

    def captures(self, pattern: cst.CSTNode) -> None:
        if isinstance(pattern, (cst.MatchAs, cst.MatchStar)) and pattern.name is not None:
            self.bind(pattern.name, None, BindingKind.OPAQUE)
        if isinstance(pattern, cst.MatchValue):
            self.expressions(pattern.value)
        else:
            for child in children(pattern):
                self.captures(child)

    def function(self, node: cst.FunctionDef) -> None:
        number = self.count - 1
        scope = Scope(ScopeKind.FUNCTION, node.name.value, self.scope, self.module, self.point)
        for decorator in node.decorators:
            scope.decorators.append(decorator.decorator)
            self.decoration(decorator.decorator)
        self.parameters(node.params, scope)
        if node.returns is not None:
            self.expressions(node.returns.annotation)
        self.add(node.name.value, Binding(BindingKind.FUNCTION, self.point, scope=scope))
        left = self.left_out.get(number)
        if left is None:
            self.inside(scope, lambda: self.suite(node.body))
        else:
            self.leave(scope, left)

    def leave(self, scope: Scope, left: LeftOut) -> None:
        """Leave a body for later, with room for the moments in it."""
        self.enter(scope)
        module, order, count = self.module, self.order, self.count
        scope.postpone(lambda: _read_body(module, scope, left, order, count))
        module.leave_out(scope, left)
        self.count += left.body.statements
        # A statement begins once as a line and once by itself; a walrus is a moment, too.
        self.order += 3 * left.body.statements + left.text.count(":=")

    def parameters(self, node: cst.Parameters, scope: Scope) -> None:
        def described(params: Sequence[cst.Param]) -> tuple[Parameter, ...]:
            return tuple(
                Parameter(
                    param.name.value,
                    param.default,
                    param.annotation.annotation if param.annotation else None,
                )
                for param in params
            )

        star = node.star_arg.name.value if isinstance(node.star_arg, cst.Param) else None
        double_star = node.star_kwarg.name.value if node.star_kwarg else None
        scope.signature = Signature(
            described([*node.posonly_params, *node.params]),
            described(node.kwonly_params),
            star,
            double_star,
        )
        inner = Point(scope, 0, None)
        for parameter in scope.signature.named():
            for expression in (parameter.default, parameter.annotation):
                if expression is not None:
                    self.expressions(expression)
            binding = Binding(BindingKind.PARAMETER, inner, annotation=parameter.annotation)
            scope.bindings.setdefault(parameter.name, []).append(binding)
        for name in (star, double_star):
            if name is not None:
                binding = Binding(BindingKind.PARAMETER, inner)
                scope.bindings.setdefault(name, []).append(binding)

    def class_(self, node: cst.ClassDef) -> None:
        scope = Scope(ScopeKind.CLASS, node.name.value, self.scope, self.module, self.point)
        for decorator in node.decorators:
            scope.decorators.append(decorator.decorator)
            self.decoration(decorator.decorator)
        for base in (*node.bases, *node.keywords):
            self.expressions(base.value)
        scope.bases.extend(base.value for base in node.bases)
        self.add(node.name.value, Binding(BindingKind.CLASS, self.point, scope=scope))
        self.inside(scope, lambda: self.suite(node.body))

    def decoration(self, node: cst.BaseExpression) -> None:
        self.decorating = True
        self.expressions(node)
        self.decorating = False

    def inside(self, scope: Scope, walk: Callable[[], None]) -> None:
        """Run ``walk`` with ``scope`` as the current one."""
        self.enter(scope)
        saved = (self.scope, self.block, self.point, self.decorating)
        self.scope, self.block, self.decorating = scope, None, False
        self.point = Point(scope, self.order, None)
        walk()
        self.scope, self.block, self.point, self.decorating = saved

    def enter(self, scope: Scope) -> None:
        self.module.scopes.append(scope)
        around = scope.parent
        while around is not None and around.function is None:
            around = around.parent
        if around is not None:
            around.inner.append(scope)

    # Small statements

    def assign(self, node: cst.Assign) -> None:
        self.expressions(node.value)
        for target in node.targets:
            self.bind(target.target, node.value, BindingKind.ASSIGN)

    def annotated(self, node: cst.AnnAssign) -> None:
        if node.value is not None:
            self.expressions(node.value)
            kind = BindingKind.ASSIGN
        else:
            kind = BindingKind.OPAQUE
        annotation = node.annotation.annotation
        self.bind(node.target, node.value, kind, annotation=annotation)

    def augmented(self, node: cst.AugAssign) -> None:
        self.expressions(node.value)
        self.bind(node.target, node.value, BindingKind.AUGMENT, operator=node.operator)

    def return_(self, node: cst.Return) -> None:
        if node.value is not None:
            self.expressions(node.value)
            function = self.scope.function
            if function is not None:
                function.results.append((node.value, self.point))

    def global_(self, node: cst.Global) -> None:
        self.scope.global_names.update(item.name.value for item in node.names)

    def nonlocal_(self, node: cst.Nonlocal) -> None:
        self.scope.nonlocal_names.update(item.name.value for item in node.names)

    def import_(self, node: cst.Import) -> None:
        for alias in node.names:
            dotted = _dotted(alias.name)
            found = Import(0, dotted, None)
            self.module.imports.append(found)
            if alias.asname is not None:
                self.bind(alias.asname.name, None, BindingKind.IMPORT, imported=found)
            else:
                first = dotted.partition(".")[0]
                binding = Binding(BindingKind.IMPORT, self.point, imported=Import(0, first, None))
                self.add(first, binding)

    def import_from(self, node: cst.ImportFrom) -> None:
        level = len(node.relative)
        dotted = _dotted(node.module) if node.module is not None else ""
        if isinstance(node.names, cst.ImportStar):
            found = Import(level, dotted, "*")
            self.module.imports.append(found)
            self.module.star_imports.append(found)
            return
        for alias in node.names:
            found = Import(level, dotted, _dotted(alias.name))
            self.module.imports.append(found)
            name = alias.asname.name if alias.asname is not None else alias.name
            self.bind(name, None, BindingKind.IMPORT, imported=found)

    def delete(self, node: cst.Del) -> None:
        self.expressions(node.target)

    # Bindings

    def add(self, name: str, binding: Binding) -> None:
        """Record a binding in the scope that the name belongs to."""
        scope = self.scope
        while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
            scope = scope.parent
        if name in scope.global_names:
            scope = self.module.top
            scope.shared.add(name)
        elif name in scope.nonlocal_names:
            scope = _outer(scope, name) or scope
            scope.shared.add(name)
        scope.bindings.setdefault(name, []).append(binding)

    def change(self, target: cst.BaseExpression, mutation: Mutation) -> None:
        """Record that what a name, or an attribute of one, holds is changed in place."""
        binding = Binding(BindingKind.MUTATE, self.point, mutation=mutation)
        self.module.changes.append((target, binding))
        match target:
            case cst.Name(value=name):
                scope = self.scope
                while scope.kind is ScopeKind.COMPREHENSION and scope.parent is not None:
                    scope = scope.parent
                if name in scope.bindings and name not in scope.global_names:
                    scope.bindings[name].append(binding)
                else:
                    # It may be bound further down, or in a scope around this one.
                    self.changes.append((scope, name, binding))
            case cst.Attribute(value=owner, attr=attr):
                found = Attribute(owner, binding)
                self.module.mutations.setdefault(attr.value, []).append(found)
            case _:
                pass

    def bind(
        self,
        target: cst.CSTNode,
        value: cst.BaseExpression | None,
        kind: BindingKind,
        *,
        path: tuple[int | slice, ...] = (),
        operator: cst.BaseAugOp | None = None,
        imported: Import | None = None,
        annotation: cst.BaseExpression | None = None,
    ) -> None:
        """Bind a target: a name, an attribute, or a tuple of targets."""
        binding = Binding(
            kind,
            self.point,
            value,
            path,
            operator=operator,
            imported=imported,
            annotation=annotation,
        )
        match target:
            case cst.Name():
                if self.scope.kind is ScopeKind.COMPREHENSION and kind is BindingKind.ELEMENT:
                    self.scope.bindings.setdefault(target.value, []).append(binding)
                else:
                    self.add(target.value, binding)
            case cst.Attribute():
                self.expressions(target.value)
                found = Attribute(target.value, binding)
                self.module.attributes.setdefault(target.attr.value, []).append(found)
            case cst.Tuple() | cst.List():
                star = next(
                    (n for n, e in enumerate(target.elements) if isinstance(e, cst.StarredElement)),
                    len(target.elements),
                )
                for number, element in enumerate(target.elements):
                    if number == star:
                        step: int | slice = slice(star, star + 1 - len(target.elements) or None)
                    elif number < star:
                        step = number
                    else:
                        step = number - len(target.elements)
                    self.bind(element.value, value, kind, path=(*path, step))
            case cst.Subscript(value=inner, slice=[cst.SubscriptElement(slice=cst.Index() as key)]):
                self.expressions(target)
                if isinstance(operator, cst.AddAssign) and value is not None:
                    value = cst.BinaryOperation(target, cst.Add(), value)
                known = operator is None or isinstance(operator, cst.AddAssign)
                if value is not None and not path and known and kind in _SETTING:
                    self.change(inner, Mutation("__setitem__", (key.value, value)))
            case _:
                self.expressions(target)

    # Expressions

    def expressions(self, node: cst.CSTNode) -> None:
        """Find what matters below an expression."""
        visit = _EXPRESSIONS.get(type(node))
        if visit is not None:
            visit(self, node)
        elif not isinstance(node, _SKIPPED):
            for child in children(node):
                self.expressions(child)

    def concatenation(self, node: cst.BinaryOperation) -> None:
        """Walk a chain of operators without a frame for each: generated code has thousands."""
        current: cst.BaseExpression = node
        rights: list[cst.BaseExpression] = []
        while isinstance(current, cst.BinaryOperation):
            rights.append(current.right)
            current = current.left
        self.expressions(current)
        for right in reversed(rights):
            self.expressions(right)

    def call(self, node: cst.Call) -> None:
        self.scope.sites.append(Site(node, self.point, self.decorating))
        if isinstance(node.func, cst.Attribute) and node.func.attr.value in CHANGING:
            given = tuple(each.value for each in node.args if not each.star and not each.keyword)
            named = tuple((each.keyword.value, each.value) for each in node.args if each.keyword)
            self.change(node.func.value, Mutation(node.func.attr.value, given, named))
        self.expressions(node.func)
        decorating, self.decorating = self.decorating, False
        for argument in node.args:
            self.expressions(argument.value)
        self.decorating = decorating

    def string(self, node: cst.SimpleString | cst.FormattedStringText) -> None:
        self.module.literals[node] = self.point.order

    def formatted(self, node: cst.FormattedString) -> None:
        self.module.formatted.append((node, self.point))
        for part in node.parts:
            self.expressions(part)

    def comparison(self, node: cst.Comparison) -> None:
        left = node.left
        self.expressions(left)
        for target in node.comparisons:
            self.expressions(target.comparator)
            self.module.comparisons.append(
                Comparison(node, left, target.operator, target.comparator, self.point)
            )
            left = target.comparator

    def subscript(self, node: cst.Subscript) -> None:
        keys = [each.slice.value for each in node.slice if isinstance(each.slice, cst.Index)]
        if not all(isinstance(key, (cst.SimpleString, cst.BaseNumber)) for key in keys):
            self.module.lookups.append((node, self.point))
        for child in children(node):
            self.expressions(child)

    def walrus(self, node: cst.NamedExpr) -> None:
        self.expressions(node.value)
        self.bind(node.target, node.value, BindingKind.ASSIGN)
        # What follows in the same statement sees the name.
        self.order += 1
        self.point = Point(self.scope, self.order, self.block)

    def yield_(self, node: cst.Yield) -> None:
        value = node.value
        if value is None:
            return
        inner = value.item if isinstance(value, cst.From) else value
        self.expressions(inner)
        function = self.scope.function
        if function is not None and not isinstance(value, cst.From):
            function.yields.append((value, self.point))

    def lambda_(self, node: cst.Lambda) -> None:
        scope = Scope(ScopeKind.FUNCTION, "<lambda>", self.scope, self.module, self.point)
        self.module.lambdas[node] = scope
        self.parameters(node.params, scope)

        def body() -> None:
            self.expressions(node.body)
            scope.results.append((node.body, self.point))

        self.inside(scope, body)

    def comprehension(self, node: cst.BaseComp) -> None:
        scope = Scope(
            ScopeKind.COMPREHENSION, "<comprehension>", self.scope, self.module, self.point
        )
        self.module.comprehensions[node] = scope

        def parts() -> None:
            clause: cst.CompFor | None = node.for_in
            # What the first loop runs over is evaluated around the comprehension.
            self.expressions(node.for_in.iter)
            self.bind(node.for_in.target, node.for_in.iter, BindingKind.ELEMENT)
            # Names of a comprehension are visible in all of it, whatever the order.
            self.point = Point(scope, self.order, self.block)
            while clause is not None:
                if clause is not node.for_in:
                    self.expressions(clause.iter)
                    self.bind(clause.target, clause.iter, BindingKind.ELEMENT)
                for condition in clause.ifs:
                    self.expressions(condition.test)
                clause = clause.inner_for_in
            if isinstance(node, cst.DictComp):
                self.expressions(node.key)
                self.expressions(node.value)
            elif isinstance(node, cst.BaseSimpleComp):
                self.expressions(node.elt)

        self.enter(scope)
        saved = (self.scope, self.point)
        self.scope = scope
        parts()
        self.scope, self.point = saved


def _order(statement: Statement) -> int:
    return statement.order


def _add_change(scope: Scope, name: str, binding: Binding) -> None:
    """Give a change in place to the scope that binds the name."""
    owner: Scope | None = scope
    if name in scope.global_names:
        owner = scope.module.top
    while owner is not None and (
        name not in owner.bindings or (owner.kind is ScopeKind.CLASS and owner is not scope)
    ):
        owner = owner.parent
    if owner is None:
        return
    owner.bindings[name].append(binding)
    if owner is scope:
        owner.bindings[name].sort(key=lambda each: each.point.order)
    else:
        owner.shared.add(name)


def _outer(scope: Scope, name: str) -> Scope | None:
    """Return the function around another that a name declared ``nonlocal`` belongs to."""
    around = scope.parent.function if scope.parent is not None else None
    while around is not None and name not in around.bindings:
        around = around.parent.function if around.parent is not None else None
    return around


def _dotted(node: cst.BaseExpression | None) -> str:
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if isinstance(node, cst.Name):
        parts.append(node.value)
    return ".".join(reversed(parts))


def _last_statement(suite: cst.BaseSuite) -> cst.CSTNode | None:
    last: cst.CSTNode | None = suite.body[-1] if suite.body else None
    return last.body[-1] if isinstance(last, cst.SimpleStatementLine) else last


_STATEMENTS: dict[type[cst.CSTNode], Callable[..., None]] = {
    cst.SimpleStatementLine: _Indexer.simple_line,
    cst.If: _Indexer.if_,
    cst.For: _Indexer.for_,
    cst.While: _Indexer.while_,
    cst.Try: _Indexer.try_,
    cst.TryStar: _Indexer.try_,
    cst.With: _Indexer.with_,
    cst.Match: _Indexer.match_,
    cst.FunctionDef: _Indexer.function,
    cst.ClassDef: _Indexer.class_,
    cst.Assign: _Indexer.assign,
    cst.AnnAssign: _Indexer.annotated,
    cst.AugAssign: _Indexer.augmented,
    cst.Return: _Indexer.return_,
    cst.Global: _Indexer.global_,
    cst.Nonlocal: _Indexer.nonlocal_,
    cst.Import: _Indexer.import_,
    cst.ImportFrom: _Indexer.import_from,
    cst.Del: _Indexer.delete,
}

_EXPRESSIONS: dict[type[cst.CSTNode], Callable[..., None]] = {
    cst.BinaryOperation: _Indexer.concatenation,
    cst.Call: _Indexer.call,
    cst.SimpleString: _Indexer.string,
    cst.FormattedStringText: _Indexer.string,
    cst.FormattedString: _Indexer.formatted,
    cst.Comparison: _Indexer.comparison,
    cst.Subscript: _Indexer.subscript,
    cst.NamedExpr: _Indexer.walrus,
    cst.Yield: _Indexer.yield_,
    cst.Lambda: _Indexer.lambda_,
    cst.ListComp: _Indexer.comprehension,
    cst.SetComp: _Indexer.comprehension,
    cst.GeneratorExp: _Indexer.comprehension,
    cst.DictComp: _Indexer.comprehension,
}
