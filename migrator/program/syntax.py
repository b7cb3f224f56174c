"""Parsing, and what LibCST leaves to its callers: refusals in time, and cheap children."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

import libcst as cst

from migrator.errors import ParseError
from migrator.program.plain import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIVIA = frozenset(
    {"comma", "semicolon", "lpar", "rpar", "lbracket", "rbracket", "lbrace", "rbrace", "dot"}
    | {"header", "footer", "leading_lines", "lines_after_decorators", "colon", "equal", "operator"}
    | {"asynchronous", "indent", "start", "end", "conversion", "star", "posonly_ind", "separator"}
)


NESTING = 500
"""How deep brackets may be nested; CPython's own parser stops at 200."""

_ERROR_AT = re.compile(r"error at (?P<line>\d+):\d+: ")
_BRACKET = re.compile(r"[][(){}]")


@cache
def child_fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """Name the fields of a node type that can hold code, in source order.

    LibCST's own ``children`` walks white space and punctuation too and costs more than
    the parse.
    """
    return tuple(field.name for field in fields(kind) if not is_trivia(field.name))


def is_trivia(name: str) -> bool:
    """Tell from its name whether a field of a node holds white space or punctuation."""
    return name in _TRIVIA or name.startswith("whitespace")


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield the nodes directly below ``node`` that can hold code."""
    for name in child_fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (item for item in value if isinstance(item, cst.CSTNode))


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield a node and all below it that can hold code."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        pending.extend(children(current))


def _nesting(text: str) -> int:
    """Return how deep brackets are nested, or less than NESTING where they are few.

    Those in strings count too: the parser is native code, and one nested too deeply for
    its stack would end the process.
    """
    if sum(map(text.count, "([{")) <= NESTING:
        return 0
    depth = deepest = 0
    for match in _BRACKET.finditer(text):
        depth = depth + 1 if match[0] in "([{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def parse_text(text: str) -> cst.Module:
    """Parse the text of a module.

    Raises ParseError with the line where the text is not Python 3, or is nested deeper
    than the parser can follow.
    """
    if _nesting(text) > NESTING:
        raise ParseError(1, f"its brackets are nested more than {NESTING} deep")
    try:
        return cst.parse_module(plain_text(text))
    except cst.ParserSyntaxError as error:
        raise _parse_error(error) from error
    except RecursionError as error:
        raise ParseError(1, "its expressions are nested too deeply") from error


def _parse_error(error: cst.ParserSyntaxError) -> ParseError:
    """Return LibCST's error with the line that its message names: the other is one late."""
    reason = error.message.partition(":")[2].strip() or error.message
    match = _ERROR_AT.match(reason)
    if match is None:
        return ParseError(error.raw_line, reason)
    return ParseError(int(match["line"]), reason[match.end() :])
