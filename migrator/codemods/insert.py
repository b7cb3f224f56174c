"""Puts new elements, arguments and statements into a syntax tree, where edits say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from migrator.codemods.prove import print_tree
from migrator.errors import ParseError
from migrator.program.places import find_in_tree
from migrator.program.plain import plain_text
from migrator.program.syntax import parse_text, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrator.program.places import Places
    from migrator.values import Edit

Bracketed = cst.Dict | cst.Call
_Part = cst.BaseDictElement | cst.Arg
_Body = cst.Module | cst.IndentedBlock


def parts_of(node: Bracketed) -> Sequence[_Part]:
    """Return what stands between the brackets of a dict or a call."""
    return node.elements if isinstance(node, cst.Dict) else node.args


def insert_nodes(text: str, edits: Sequence[Edit]) -> str:
    """Return the code of a module with the edits' texts as nodes of its tree.

    Each edit replaces nothing. What ends a line is statements, and stands where a line
    starts; anything else is one more element of a dict, or argument of a call, with the
    comma that parts it from its neighbour. What fits nowhere is left out. Raises ParseError
    where the text, what is put into it, or the result is not Python 3.
    """
    tree = parse_text(text)
    nodes = list(walk(tree))
    places = find_in_tree(tree, text, nodes)
    lines = {e.span.start: plain_text(e.new) for e in edits if _ends_line(e.new)}
    parts = {e.span.start: plain_text(e.new) for e in edits if not _ends_line(e.new)}
    insert = _Insert(tree)
    for node in nodes:
        if isinstance(node, (cst.Dict, cst.Call)) and parts:
            for index, anchor in _anchors(node, places):
                if anchor in parts:
                    insert.parts[node] = (index, parts.pop(anchor))
        elif isinstance(node, (cst.Module, cst.IndentedBlock)) and lines:
            for line in _lines(node, places, plain_text(text)):
                if line.anchor in lines and line.indent == _indent_of(lines[line.anchor]):
                    insert.lines.setdefault(node, []).append((line, lines.pop(line.anchor)))
    try:
        changed = tree.visit(insert)
    except (cst.ParserSyntaxError, ValueError) as error:
        raise ParseError(1, "what is to be added is no part, or not one alone") from error
    return print_tree(changed)


def _ends_line(text: str) -> bool:
    return text.endswith(("\n", "\r"))


def _anchors(node: Bracketed, places: Places) -> Iterator[tuple[int, int]]:
    """Yield where one more part can stand, with its index among those there are."""
    parts = parts_of(node)
    if not parts:
        yield 0, places[node][1] - 1
    else:
        yield 0, places[parts[0]][0]
        yield len(parts), places[parts[-1]][1]


@dataclass(frozen=True, slots=True)
class _Line:
    """Where one more line can stand: in front of the statement with an index.

    ``below`` are comments and blank lines: does it stand between them and the statement?
    Behind the last line of a block and in front of what follows are one place: ``indent``
    is the white space that tells them apart.
    """

    anchor: int
    indent: str
    index: int
    below: bool


def _lines(node: _Body, places: Places, text: str) -> Iterator[_Line]:
    """Yield the starts of the lines behind, or with, the statements of a body."""
    for number, statement in enumerate(node.body):
        start, end = places[statement]
        if isinstance(statement, (cst.FunctionDef, cst.ClassDef)) and statement.decorators:
            start = places[statement.decorators[0]][0]
        first = text.rfind("\n", 0, start) + 1
        indent = text[first:start]
        yield _Line(first, indent, number, below=True)
        behind = text.find("\n", end) + 1
        if isinstance(statement, cst.SimpleStatementLine) and behind:
            yield _Line(behind, indent, number + 1, below=False)


def _indent_of(text: str) -> str:
    """Return the white space in front of the first line that is not blank."""
    line = text.lstrip("\r\n")
    return line[: len(line) - len(line.lstrip(" \t"))]


class _Insert(cst.CSTTransformer):
    """Gives the planned nodes their new parts, and bodies their new lines."""

    def __init__(self, tree: cst.Module) -> None:
        super().__init__()
        self.config = tree.config_for_parsing
        self.parts: dict[Bracketed, tuple[int, str]] = {}
        self.lines: dict[cst.CSTNode, list[tuple[_Line, str]]] = {}

    def leave_Dict(  # noqa: N802 - LibCST calls it by this name
        self, original_node: cst.Dict, updated_node: cst.Dict
    ) -> cst.Dict:
        if original_node not in self.parts:
            return updated_node
        index, text = self.parts[original_node]
        elements = _with_part(updated_node.elements, index, text, "{0: 0", "0: 0}")
        return updated_node.with_changes(elements=elements)

    def leave_Call(  # noqa: N802 - LibCST calls it by this name
        self, original_node: cst.Call, updated_node: cst.Call
    ) -> cst.Call:
        if original_node not in self.parts:
            return updated_node
        index, text = self.parts[original_node]
        arguments = _with_part(updated_node.args, index, text, "_(0", "0)")
        return updated_node.with_changes(args=arguments)

    def leave_IndentedBlock(  # noqa: N802 - LibCST calls it by this name
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        body = self._with_lines(original_node, updated_node.body)
        return updated_node.with_changes(body=body)

    def leave_Module(  # noqa: N802 - LibCST calls it by this name
        self, original_node: cst.Module, updated_node: cst.Module
    ) -> cst.Module:
        return updated_node.with_changes(body=self._with_lines(original_node, updated_node.body))

    def _with_lines(
        self, node: cst.CSTNode, body: Sequence[cst.BaseStatement]
    ) -> list[cst.BaseStatement]:
        """Return statements with new ones among them, from the last to the first."""
        found = list(body)
        for line, text in sorted(self.lines.get(node, ()), key=lambda each: -each[0].anchor):
            bare = "".join(each.lstrip(" \t") for each in text.splitlines(keepends=True))
            read = cst.parse_module(bare, self.config)
            new: list[cst.BaseStatement] = [_led(read.body[0], read.header), *read.body[1:]]
            if line.below:
                new[0] = _led(new[0], _lines_above(found[line.index]))
                found[line.index] = found[line.index].with_changes(leading_lines=read.footer)
            elif read.footer:
                found[line.index] = _led(found[line.index], read.footer)
            found[line.index : line.index] = new
        return found


def _lines_above(statement: cst.BaseStatement) -> Sequence[cst.EmptyLine]:
    """Return the comments and blank lines above a statement."""
    found: Sequence[cst.EmptyLine] = getattr(statement, "leading_lines", ())
    return found


def _led(statement: cst.BaseStatement, lines: Sequence[cst.EmptyLine]) -> cst.BaseStatement:
    """Return a statement with more lines above those above it."""
    return statement.with_changes(leading_lines=[*lines, *_lines_above(statement)])


def _with_part(
    parts: Sequence[_Part], index: int, text: str, before: str, behind: str
) -> list[_Part]:
    """Return parts with one more in front of them or behind; its text says how it is parted.

    ``before`` and ``behind`` are brackets with a part in them, so that the text can be read.
    """
    if not parts:
        return list(_read(f"{before[:-1].rstrip('0: ')}{text}{behind[-1]}"))
    if index == 0:
        return [_flat(_read(f"{before.rstrip('0: ')}{text}{behind}")[0]), *parts]
    neighbour, new = _read(f"{before}{text}{behind[-1]}")
    last = parts[-1]
    if isinstance(last, cst.Arg):
        new = new.with_changes(whitespace_after_arg=last.whitespace_after_arg)
        last = last.with_changes(whitespace_after_arg=cst.SimpleWhitespace(""))
    parted = last.with_changes(comma=_flat(neighbour).comma)
    return [*parts[:-1], parted, new.with_changes(comma=last.comma)]


def _read(code: str) -> Sequence[_Part]:
    node = cst.parse_expression(code)
    assert isinstance(node, (cst.Dict, cst.Call))  # noqa: S101 - what the brackets make it
    return parts_of(node)


def _flat(part: _Part) -> _Part:
    """Return a part whose comma is followed by no more space than its text has."""
    comma = part.comma
    if isinstance(comma, cst.Comma) and isinstance(
        comma.whitespace_after, cst.ParenthesizedWhitespace
    ):
        after = comma.whitespace_after.with_changes(indent=False)
        return part.with_changes(comma=comma.with_changes(whitespace_after=after))
    return part
