"""Puts the cells of a notebook together to one program, in their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from migrator.discover import is_notebook
from migrator.errors import ParseError
from migrator.explain import UNPARSED, explain_problem
from migrator.notebook.document import read_document
from migrator.notebook.magics import parses, read_code
from migrator.notebook.passage import Passage, join_passages, make_up
from migrator.values import Problem, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.notebook.document import Document, RawCell

_CODE = "code"
_MANY_BRACKETS = 500
_PROSE = re.compile(r"\s*%(?:%markdown|%latex|%?md)\b")


class Kind(StrEnum):
    """What a text of a notebook is that is no part of its program."""

    COMMAND = "command"
    """Code of another language: shell lines, cells of other languages."""
    PROSE = "prose"
    BROKEN = "broken"
    """A code cell that does not parse."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A text of a notebook that is no part of its program."""

    kind: Kind
    passage: Passage


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell by its number, which starts at 1 and counts cells of all kinds."""

    number: int
    source: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook(SourceFile):
    """The program of a notebook as if it were a file of its own: UTF-8, a line a line.

    ``file`` is the notebook as read, and ``program`` the text with the place of each
    character in that; ``cells`` are those that have a text, in order.
    """

    file: SourceFile
    program: Passage
    cells: tuple[Cell, ...] = field(repr=False)
    asides: tuple[Aside, ...] = ()
    problems: tuple[Problem, ...] = ()

    def cell_at(self, place: int) -> Cell:
        """Return the cell that a place of the file is in."""
        number = bisect_right(self.cells, place, key=_place_of) - 1
        return self.cells[max(number, 0)]


def _list_cells(document: Document) -> Iterator[Cell]:
    for cell in document.cells:
        if cell.source is not None and cell.source.text:
            yield Cell(cell.number, cell.source)


def _place_of(cell: Cell) -> int:
    return cell.source.runs[0].place


def open_notebook(source: SourceFile | Problem | None) -> SourceFile | Problem | None:
    """Return the program of a notebook that was read, and all else as it is.

    What is no notebook in spite of its name is a Problem.
    """
    if not isinstance(source, SourceFile) or not is_notebook(source.path):
        return source
    try:
        return read_notebook(source)
    except ParseError as error:
        return Problem(source.path, error.line, UNPARSED, f"cannot be parsed: {error.reason}")


def read_notebook(source: SourceFile) -> Notebook:
    """Return the program of a notebook.

    A cell that is not Python is a problem of its own, and left out. Raises ParseError where
    the file is not a notebook.
    """
    document = read_document(source.text)
    parts: list[Passage] = []
    asides: list[Aside] = []
    problems: list[Problem] = []
    for cell in document.cells:
        for part in _read_cell(source, cell, document):
            match part:
                case Passage():
                    parts.append(part)
                case Aside():
                    asides.append(part)
                case Problem():
                    problems.append(part)
    program = join_passages(parts)
    return Notebook(
        path=source.path,
        data=program.text.encode(),
        text=program.text,
        encoding="utf-8",
        file=source,
        program=program,
        cells=tuple(_list_cells(document)),
        asides=tuple(asides),
        problems=tuple(problems),
    )


def _read_cell(
    source: SourceFile, cell: RawCell, document: Document
) -> Iterator[Passage | Aside | Problem]:
    """Yield what a cell adds to the program, what it holds besides, and what is wrong."""
    if cell.source is None:
        line = _line_of(source.text, cell.place)
        yield Problem(source.path, line, UNPARSED, f"cell {cell.number}: {cell.reason}")
    elif not cell.source.text.strip():
        return
    elif cell.kind != _CODE:
        yield Aside(Kind.PROSE, cell.source)
    elif not _is_python(cell.language or document.language):
        yield Aside(Kind.COMMAND, cell.source)
    else:
        yield from _read_python(source, cell.number, cell.source)


def _read_python(
    source: SourceFile, number: int, cell: Passage
) -> Iterator[Passage | Aside | Problem]:
    code = read_code(cell)
    error = _find_error(code.program.text)
    if error is not None:
        place = code.program.place(_offset_of(code.program.text, error.line))
        line = _line_of(cell.text, cell.offset(place) or 0)
        problem = Problem(source.path, line, UNPARSED, f"cannot be parsed: {error.reason}")
        reason = explain_problem(problem, cell.text).message
        file_line = _line_of(source.text, place)
        yield Problem(source.path, file_line, UNPARSED, f"cell {number}, line {line}: {reason}")
        yield Aside(Kind.BROKEN, cell)
        return
    for command in code.commands:
        is_prose = _PROSE.match(command.text) is not None
        yield Aside(Kind.PROSE if is_prose else Kind.COMMAND, command)
    yield code.program
    if code.program.text and not code.program.text.endswith("\n"):
        yield make_up("\n", code.program.place(len(code.program.text)))


def _line_of(text: str, offset: int) -> int:
    return 1 + text.count("\n", 0, offset)


def _offset_of(text: str, line: int) -> int:
    """Return where a line starts, or the text ends if it has fewer."""
    offset = 0
    for _ in range(line - 1):
        end = text.find("\n", offset)
        if end < 0:
            break
        offset = end + 1
    return min(offset, max(len(text) - 1, 0))


def _is_python(language: str | None) -> bool:
    return language is None or "python" in language or language.startswith("sage")


def _find_error(text: str) -> ParseError | None:
    """Return why the Python of a cell cannot be a part of the program."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return ParseError(_line_of(text, error.start), "it holds half of a pair of surrogates")
    if "\0" in text:
        return ParseError(_line_of(text, text.index("\0")), "it holds a NUL character")
    text = f"{text}\n"
    if parses(text) and sum(map(text.count, "([{")) <= _MANY_BRACKETS:
        return None
    from migrator.program.syntax import parse_text  # noqa: PLC0415 - LibCST is slow to import

    try:
        # The newest syntax may be beyond the Python that runs this; and what the parser of
        # the whole program would refuse is better left out here.
        parse_text(text)
    except ParseError as error:
        return error
    return None
