"""Reads the JSON of a notebook with the place of each string that is the source of a cell.

All else is read by the standard library as it is, and for the same reasons refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrator.errors import ParseError
from migrator.notebook.passage import Passage, join_passages, read_passage

if TYPE_CHECKING:
    from collections.abc import Mapping

Reader = Callable[[str, int], tuple[object, int]]
"""Reads the value at a place of a text; returns it with its end. Raises JSONDecodeError."""

# A number is never looked at, and Python refuses to read an int of thousands of digits.
_DECODER = json.JSONDecoder(parse_int=float)
_SPACE = re.compile(r"[ \t\n\r]*")
_OTHER_KERNEL = re.compile(
    r"(?:ir|julia.*|bash|javascript|typescript|deno|scala|ruby|perl|sql|\.net-.*)$"
)
_CONFLICT = ("<<<<<<< ", ">>>>>>> ", "=======", "||||||| ")


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell of the document; ``source`` is None where it is none, and ``reason`` says why."""

    number: int
    place: int
    kind: str
    source: Passage | None
    language: str | None = None
    """Its own, where it names one."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The cells of a notebook in order, and the language of those that do not name one."""

    cells: tuple[RawCell, ...]
    language: str | None


def read_document(text: str) -> Document:
    """Read a notebook of format 2, 3 or 4.

    Raises ParseError where the text is not JSON, or not a notebook.
    """
    try:
        document = _read_whole(text)
    except json.JSONDecodeError as error:
        raise ParseError(error.lineno, _explain(error)) from error
    except RecursionError as error:
        raise ParseError(1, "its lists are nested too deeply") from error
    cells = _list_cells(document)
    if not isinstance(document, dict) or cells is None:
        raise ParseError(1, "it is JSON, but no notebook: it has no list of cells")
    raw = [_read_cell(number, *cell) for number, cell in enumerate(cells, start=1)]
    return Document(tuple(raw), _language_of(document.get("metadata")))


def _read_whole(text: str) -> object:
    document, end = _NOTEBOOK(text, _skip(text, 0))
    end = _skip(text, end)
    if end < len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return document


def _explain(error: json.JSONDecodeError) -> str:
    line = error.doc.split("\n")[error.lineno - 1]
    if line.startswith(_CONFLICT):
        return "a merge conflict is left in it: resolve it"
    reason = error.msg[:1].lower() + error.msg[1:]
    return f"it is not JSON, {reason.removesuffix(' at')} at column {error.colno}: correct it"


# Cells


def _list_cells(document: object) -> list[tuple[int, object]] | None:
    """Return the cells with their places; those of old formats are on worksheets."""
    match document:
        case {"cells": list(cells)}:
            return cells
        case {"worksheets": list(sheets)}:
            found = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
            return [cell for cells in found if isinstance(cells, list) for cell in cells]
        case _:
            return None


def _read_cell(number: int, place: int, cell: object) -> RawCell:
    if not isinstance(cell, dict):
        return RawCell(number, place, "", None, reason="it is not an object")
    kind = cell.get("cell_type")
    source = cell.get("source", cell.get("input", Passage()))
    parts = source if isinstance(source, list) else [source]
    texts = [part for part in parts if isinstance(part, Passage)]
    if not isinstance(kind, str) or len(texts) < len(parts):
        what = "its source is not text" if isinstance(kind, str) else "it has no type"
        return RawCell(number, place, "", None, reason=what)
    return RawCell(number, place, kind, join_passages(texts), _cell_language(cell))


def _cell_language(cell: Mapping[str, object]) -> str | None:
    match cell:
        case {"language": str(language)} | {"metadata": {"vscode": {"languageId": str(language)}}}:
            return language.lower()
        case _:
            return None


def _language_of(metadata: object) -> str | None:
    """Return the language of the kernel, by its name where it is known for another one."""
    match metadata:
        case {"kernelspec": {"language": str(language)}} | {
            "language_info": {"name": str(language)}
        }:
            return language.lower()
        case {"kernelspec": {"name": str(name)}} if _OTHER_KERNEL.match(name):
            return name.lower()
        case _:
            return None


# JSON


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _read_any(text: str, at: int) -> tuple[object, int]:
    return _DECODER.raw_decode(text, at)


def _read_text(text: str, at: int) -> tuple[object, int]:
    value, end = _DECODER.raw_decode(text, at)
    return (read_passage(text, at + 1, end - 1), end) if isinstance(value, str) else (value, end)


def _list_of(item: Reader) -> Reader:
    """Return a reader of lists; what is no list is read as it is."""

    def read(text: str, at: int) -> tuple[object, int]:
        if not text.startswith("[", at):
            return _read_any(text, at)
        found: list[object] = []
        at = _skip(text, at + 1)
        if text.startswith("]", at):
            return found, at + 1
        while True:
            value, at = item(text, at)
            found.append(value)
            at = _skip(text, at)
            if text.startswith("]", at):
                return found, at + 1
            at = _expect(text, at, ",")

    return read


def _object_of(members: Mapping[str, Reader]) -> Reader:
    """Return a reader of objects; of two members of one name the last counts, as in Python."""

    def read(text: str, at: int) -> tuple[object, int]:
        if not text.startswith("{", at):
            return _read_any(text, at)
        found: dict[str, object] = {}
        at = _skip(text, at + 1)
        if text.startswith("}", at):
            return found, at + 1
        while True:
            if not text.startswith('"', at):
                message = "Expecting property name enclosed in double quotes"
                raise json.JSONDecodeError(message, text, at)
            name, at = _DECODER.raw_decode(text, at)
            at = _expect(text, _skip(text, at), ":")
            member = members.get(name, _read_any)
            found[name], at = member(text, at)
            at = _skip(text, at)
            if text.startswith("}", at):
                return found, at + 1
            at = _expect(text, at, ",")

    return read


def _expect(text: str, at: int, mark: str) -> int:
    """Return where the next value starts, behind a mark that must stand here."""
    if not text.startswith(mark, at):
        raise json.JSONDecodeError(f"Expecting '{mark}' delimiter", text, at)
    return _skip(text, at + 1)


def _read_source(text: str, at: int) -> tuple[object, int]:
    return _TEXTS(text, at) if text.startswith("[", at) else _read_text(text, at)


def _read_placed_cell(text: str, at: int) -> tuple[object, int]:
    cell, end = _CELL(text, at)
    return (at, cell), end


_TEXTS = _list_of(_read_text)
_CELL = _object_of({"source": _read_source, "input": _read_source})
_CELLS = _list_of(_read_placed_cell)
_NOTEBOOK = _object_of({"cells": _CELLS, "worksheets": _list_of(_object_of({"cells": _CELLS}))})
