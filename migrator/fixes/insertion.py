"""Lays out what is put into a module: an entry of a dict, an argument, a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.program.syntax import walk
from migrator.values import Edit, Fix, Safety, Span

if TYPE_CHECKING:
    from migrator.fixes.ground import Ground
    from migrator.program.module import Module
    from migrator.program.places import Places


def insert(module: Module, at: int, text: str) -> Edit:
    """Return the edit that puts a text somewhere."""
    return Edit(Span(module.path, at, at), "", text, Fix.COMPANY_HEADER, Safety.UNSAFE)


def insert_part(ground: Ground, module: Module, node: cst.Dict | cst.Call, part: str) -> Edit:
    """Return the edit that adds an entry to a dict, or a keyword argument to a call.

    It comes last, laid out like its neighbours; in a dict first, where a comment belongs to
    what is last.
    """
    places, text = ground.places(module), module.source.text
    parts = node.elements if isinstance(node, cst.Dict) else node.args
    end = places[node][1] - 1
    if not parts:
        return insert(module, end, part)
    first, last = places[parts[0]], places[parts[-1]]
    opening = places[node][0] if isinstance(node, cst.Dict) else places[node.func][1]
    before = places[parts[-2]][1] if len(parts) > 1 else opening
    gap = " "
    if "\n" in text[before : last[0]] or "\r" in text[before : last[0]]:
        gap = newline_at(text, before) + _indent_at(text, last[0])
    if isinstance(node, cst.Dict) and "#" in text[last[1] : end]:
        return insert(module, first[0], f"{part},{gap}")
    return insert(module, last[1], f",{gap}{part}")


def insert_behind(ground: Ground, module: Module, small: cst.CSTNode, code: str) -> Edit | None:
    """Return the edit that adds a line behind a small statement's; None where it cannot be."""
    for node in walk(module.tree):
        if isinstance(node, cst.SimpleStatementLine) and small in node.body:
            start, end = ground.places(module)[node]
            return insert_line(module, end, _indent_at(module.source.text, start) + code)
    return None


def insert_line(module: Module, end: int, code: str) -> Edit | None:
    """Return the edit that adds a line behind the one in which something ends."""
    text = module.source.text
    newline = newline_at(text, end)
    found = text.find(newline, end)
    return insert(module, found + len(newline), code + newline) if found >= 0 else None


def insert_first(ground: Ground, module: Module, suite: cst.BaseSuite, code: str) -> Edit | None:
    """Return the edit that adds a line in front of all others of a suite."""
    if not isinstance(suite, cst.IndentedBlock):
        return None
    text = module.source.text
    at = start_of(suite.body[0], ground.places(module))
    indent = _indent_at(text, at)
    return insert(module, at - len(indent), indent + code + newline_at(text, at))


def start_of(statement: cst.CSTNode, places: Places) -> int:
    """Return where a statement starts, its decorators included."""
    if isinstance(statement, (cst.FunctionDef, cst.ClassDef)) and statement.decorators:
        return places[statement.decorators[0]][0]
    return places[statement][0]


def newline_at(text: str, at: int) -> str:
    """Return how the line ends in which a place is, or the file's lines where it is the last."""
    ends = [text.find(mark, at) for mark in ("\r", "\n")]
    found = min((end for end in ends if end >= 0), default=-1)
    if found < 0:
        return "\r\n" if "\r\n" in text else "\n"
    return "\r\n" if text.startswith("\r\n", found) else text[found]


def _indent_at(text: str, at: int) -> str:
    """Return the white space that the line of a place starts with."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    line = text[start:at]
    return line[: len(line) - len(line.lstrip(" \t"))]
