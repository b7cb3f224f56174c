"""Finds where nodes of a module stand, by printing only the statements that hold them.

Printing a whole tree to count its characters costs a third of the parse. Python's own
parser gives the place of every statement for a tenth of that; inside a statement it is
LibCST that prints, and what it prints must stand in the text right there. Where the two
parsers disagree, the whole tree is printed.
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import nullcontext
from typing import TYPE_CHECKING

import libcst as cst
from libcst.metadata import BaseMetadataProvider, CodeSpan
from libcst.metadata.span_provider import SpanProvidingCodegenState

from migrator.errors import ParseError
from migrator.program.plain import plain_text
from migrator.source import Lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from contextlib import AbstractContextManager

    from migrator.program.module import Module
    from migrator.program.units import Start

Places = dict[cst.CSTNode, tuple[int, int]]
"""Where nodes start and end, in characters of the module's text."""

_NOWHERE = nullcontext()


def find_places(module: Module, nodes: Mapping[cst.CSTNode, int]) -> Places:
    """Return where ``nodes`` stand, each given with the order of its statement.

    Raises ParseError where the tree does not print back as the text, so that no place
    in it can be trusted.
    """
    try:
        return find_by_statement(module, nodes)
    except ElsewhereError:
        return _find_in_pieces(module, nodes)


def _find_in_pieces(module: Module, nodes: Collection[cst.CSTNode]) -> Places:
    """Return where ``nodes`` stand, by printing all that has been parsed of a module."""
    found: Places = {}
    for piece in module.pieces:
        for node, (start, end) in find_in_tree(piece.tree, piece.text, nodes).items():
            found[node] = (piece.place(start), piece.place(start) + end - start)
    return found


def find_by_statement(module: Module, nodes: Mapping[cst.CSTNode, int]) -> Places:
    """Return where ``nodes`` stand, printing no more than their statements.

    Raises ElsewhereError where that cannot be done.
    """
    holding: dict[int, set[cst.CSTNode]] = {}
    statements = module.statements
    orders = [each.order for each in statements]
    for node, order in nodes.items():
        holding.setdefault(bisect_right(orders, order) - 1, set()).add(node)
    if not holding:
        return {}
    text = plain_text(module.source.text)
    starts = module.starts
    if starts is None or -1 in holding:
        raise ElsewhereError
    lines = Lines(text)
    found: Places = {}
    for at, wanted in holding.items():
        for part, line, column in _parts(statements[at].node, starts[statements[at].number]):
            state = _Header(module.tree, _Spans(frozenset(wanted)))
            offset = _print(state, part, text, lines, (line, column))
            for node, (start, end) in state.spans.found.items():
                found[node] = (offset + start, offset + end)
    if len(found) != len(nodes):
        raise ElsewhereError
    return found


def find_in_tree(tree: cst.Module, text: str, nodes: Collection[cst.CSTNode]) -> Places:
    """Return where ``nodes`` stand in ``text``, the text of the whole tree.

    Raises ParseError where ``tree`` does not print back as ``text``.
    """
    state = _State(tree, _Spans(frozenset(nodes)))
    try:
        tree._codegen(state)  # noqa: SLF001 - LibCST's own providers print the same way
    except RecursionError as error:
        raise ParseError(1, "its expressions are nested too deeply") from error
    if "".join(state.tokens) != plain_text(text):
        raise ParseError(1, "the parser does not print it back unchanged")
    return state.spans.found


class ElsewhereError(Exception):
    """The two parsers, or tree and text, do not agree on a place."""


def _parts(node: cst.CSTNode, statement: Start) -> Iterator[tuple[cst.CSTNode, int, int]]:
    """Yield what is printed of a statement, with its line and its column in bytes.

    A decorator stands before the place that Python gives for a definition.
    """
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        if len(node.decorators) != len(statement.decorators):
            raise ElsewhereError
        for decorator, place in zip(node.decorators, statement.decorators, strict=True):
            yield decorator.decorator, *place
        node = node.with_changes(leading_lines=(), decorators=(), lines_after_decorators=())
    elif isinstance(node, cst.BaseCompoundStatement):
        node = node.with_changes(leading_lines=())
    yield node, statement.line, statement.column


def _print(
    state: _Header, node: cst.CSTNode, text: str, lines: Lines, place: tuple[int, int]
) -> int:
    """Print a statement up to its suite; return where in the text the same stands."""
    line, column = place
    content = lines.text(line)
    if not content.isascii():
        column = len(content.encode()[:column].decode())
    start = lines.offset(line, column + 1)
    indent = content[: len(content) - len(content.lstrip())]
    state.increase_indent(indent)
    try:
        node._codegen(state)  # noqa: SLF001 - LibCST's own providers print the same way
    except _SuiteReached:
        pass
    except RecursionError as error:
        raise ElsewhereError from error
    printed = "".join(state.tokens)
    # What has a suite is printed with its indentation, and an elif as if it were none.
    before = len(indent) if isinstance(node, cst.BaseCompoundStatement) else 0
    if isinstance(node, cst.If) and text.startswith("elif", start):
        start += len("el")
    if not text.startswith(printed[before:], start):
        raise ElsewhereError
    return start - before


class _Spans(BaseMetadataProvider[CodeSpan]):
    """Where the wanted nodes stand: keeping the place of all costs as much as the parse."""

    def __init__(self, wanted: frozenset[cst.CSTNode]) -> None:
        super().__init__()
        self.wanted = wanted
        self._computed = {}

    @property
    def found(self) -> Places:
        return {
            node: (span.start, span.start + span.length)
            for node, span in self._computed.items()
            if isinstance(span, CodeSpan)
        }


class _SuiteReached(Exception):  # noqa: N818 - the way out of LibCST's recursion, no error
    """All of a compound statement but its suite is printed."""


class _State(SpanProvidingCodegenState):
    """Prints nodes and notes where the wanted ones begin and end, without parentheses."""

    def __init__(self, tree: cst.Module, spans: _Spans) -> None:
        super().__init__(tree.default_indent, tree.default_newline, provider=spans)
        self.spans = spans
        self.wanted = spans.wanted

    def before_codegen(self, node: cst.CSTNode) -> None:
        if node in self.wanted:
            super().before_codegen(node)

    def after_codegen(self, node: cst.CSTNode) -> None:
        if node in self.wanted:
            super().after_codegen(node)

    def record_syntactic_position(  # type: ignore[override] # any context will do
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> AbstractContextManager[None]:
        # Every node asks, and few are wanted: a context of its own for each costs as much
        # as the printing.
        if node not in self.wanted:
            return _NOWHERE
        return super().record_syntactic_position(node, start_node=start_node, end_node=end_node)


class _Header(_State):
    """Prints one statement, and stops where its suite begins."""

    def before_codegen(self, node: cst.CSTNode) -> None:
        if isinstance(node, (cst.BaseSuite, cst.MatchCase)):
            raise _SuiteReached
        super().before_codegen(node)
