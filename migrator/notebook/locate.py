"""Says of what was found in the program of a notebook where it stands in the notebook.

Lines and columns are those of the file, as an editor and a diff show it; a message names
the cell and the line in it, as Jupyter shows them.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, assert_never

from migrator.namespace import REST
from migrator.notebook.program import Kind, Notebook
from migrator.prefilter import NAMESPACE
from migrator.source import Lines
from migrator.suppress import suppresses_file, suppresses_text
from migrator.textscan import Told, describe_text, find_urls
from migrator.unused import Heeded, find_in_lines, report_unused
from migrator.values import Edit, Fix, Place, Safety, SourceFile, Span, Stretch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from migrator.evidence import Evidence
    from migrator.notebook.passage import Passage
    from migrator.values import Endpoint, Finding, Problem, RestCall

_Called = TypeVar("_Called", "Endpoint", "RestCall")

_PROSE = Told("VAP100", "mentions the old route in prose: change it by hand", "prose")
_BROKEN = Told("VAP007", "found by text, since the cell cannot be parsed: change it by hand")
_COMMAND = Told("VAP008", f"`{NAMESPACE}` becomes `{REST}`: found by text")
_UNSURE = "found by text: nothing shows that it is sent to Procore: see to it by hand"
_COMMENTS = ("#", "//", "--", "<!--", "REM ")
_BARE_SLASH = re.compile(r"(?<!\\)/")


def silences(source: SourceFile) -> bool:
    """Tell whether a comment on a line of its own silences a file; of a notebook, in any cell."""
    if suppresses_file(source.text, python=True):
        return True
    asides = source.asides if isinstance(source, Notebook) else ()
    return any(suppresses_file(aside.passage.text) for aside in asides)


class Locator:
    """Moves what was found in the programs of notebooks to their files; leaves other files."""

    def __init__(self, sources: Iterable[SourceFile]) -> None:
        self._notebooks = {each.path: each for each in sources if isinstance(each, Notebook)}
        self._lines: dict[int, Lines] = {}

    def sources(self, sources: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
        """Return the files as they were read, which is what edits apply to."""
        return tuple(each.file if isinstance(each, Notebook) else each for each in sources)

    def finding(self, finding: Finding) -> Finding:
        """Return a finding as it stands in its file."""
        edits = tuple(edit for each in finding.edits for edit in self._edits(each))
        calls = tuple(map(self._stretch, finding.calls))
        moved = replace(finding, edits=edits, calls=calls)
        notebook = self._notebooks.get(finding.path)
        if notebook is None:
            return moved
        lines = self._program_lines(notebook)
        return self._move(moved, notebook, notebook.program, lines)

    def called(self, called: _Called) -> _Called:
        """Return an endpoint with the places of its calls in their files."""
        if self._notebooks.keys().isdisjoint(call.path for call in called.calls):
            return called
        return replace(called, calls=tuple(sorted(map(self._place, called.calls))))

    def problem(self, problem: Problem) -> Problem:
        """Return what is wrong with a whole program by the cell where that was noticed."""
        notebook = self._notebooks.get(problem.path)
        if notebook is None or not notebook.program.text:
            return problem
        lines = self._program_lines(notebook)
        last, _ = lines.place(len(notebook.text))
        place = notebook.program.place(lines.offset(min(problem.line, last), 1))
        line, _ = self._file_lines(notebook).place(place)
        return replace(problem, line=line, message=f"{_name(notebook, place)}: {problem.message}")

    def problems(self, paths: Collection[str]) -> Iterator[Problem]:
        """Yield what is wrong with cells of the notebooks among ``paths``."""
        for path, notebook in self._notebooks.items():
            if path in paths:
                yield from notebook.problems

    def asides(self, paths: Collection[str], evidence: Evidence) -> Iterator[Finding]:
        """Yield what is found by text beside the programs of the notebooks among ``paths``."""
        for path, notebook in self._notebooks.items():
            if path in paths and not silences(notebook):
                yield from self._find_asides(notebook, evidence)

    def _find_asides(self, notebook: Notebook, evidence: Evidence) -> Iterator[Finding]:
        # A path that the table knows is no proof where nothing else is about Procore.
        is_ours = evidence.about_procore or evidence.hosts or _mentions_procore(notebook)
        for aside in notebook.asides:
            passage = aside.passage
            lines = Lines(passage.text)
            heeded: Heeded = set()
            for start, end in find_urls(passage.text, evidence.table, evidence.hosts):
                told = _tell(aside.kind, lines.text(lines.place(start)[0]))
                finding = describe_text(notebook.path, lines, (start, end), told)
                if suppresses_text(finding.source_line, told.code):
                    heeded.add((finding.line, told.code))
                    continue
                if told is _COMMAND and not is_ours:
                    finding = replace(finding, message=_UNSURE)
                elif told is _COMMAND:
                    span = Span(notebook.path, start, end)
                    edit = Edit(span, passage.text[start:end], REST, Fix.NAMESPACE, Safety.SAFE)
                    edits = tuple(_move_edit(edit, notebook, passage))
                    finding = replace(finding, fix=Fix.NAMESPACE, safety=Safety.SAFE, edits=edits)
                yield self._move(finding, notebook, passage, lines)
            if aside.kind is Kind.COMMAND:
                yield from self._find_unused(notebook, passage, lines, heeded)

    def _find_unused(
        self, notebook: Notebook, passage: Passage, lines: Lines, heeded: Heeded
    ) -> Iterator[Finding]:
        """Yield the comments of another language's code that silence nothing."""
        source = SourceFile(notebook.path, b"", passage.text, "utf-8")
        comments = [each for each in find_in_lines(passage.text) if not each.of_file]
        for finding in report_unused(source, lines, comments, heeded, ()):
            edits = tuple(each for e in finding.edits for each in _move_edit(e, notebook, passage))
            yield self._move(replace(finding, edits=edits), notebook, passage, lines)

    # Moving

    def _move(
        self, finding: Finding, notebook: Notebook, passage: Passage, lines: Lines
    ) -> Finding:
        """Return a finding of a passage as it stands in the file; its edits do so already."""
        start = lines.offset(finding.line, finding.column)
        end = lines.offset(finding.end_line, finding.end_column)
        spans = passage.spans(start, end) or [(passage.place(start), passage.place(end))]
        first, last = spans[0][0], spans[-1][1]
        line, column = self._file_lines(notebook).place(first)
        end_line, end_column = self._file_lines(notebook).place(last)
        shown, marked = _show(notebook, first, last)
        return replace(
            finding,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            message=f"{_name(notebook, first)}: {finding.message}",
            source_line=shown,
            marked=marked,
        )

    def _edits(self, edit: Edit) -> Iterator[Edit]:
        notebook = self._notebooks.get(edit.span.path)
        if notebook is None:
            yield edit
        else:
            yield from _move_edit(edit, notebook, notebook.program)

    def _place(self, place: Place) -> Place:
        notebook = self._notebooks.get(place.path)
        if notebook is None:
            return place
        offset = self._program_lines(notebook).offset(place.line, place.column)
        line, column = self._file_lines(notebook).place(notebook.program.place(offset))
        return Place(place.path, line, column)

    def _stretch(self, call: Stretch) -> Stretch:
        first = self._place(Place(call.path, call.first, 1))
        last = self._place(Place(call.path, call.last, 1))
        return Stretch(call.path, first.line, last.line)

    def _program_lines(self, notebook: Notebook) -> Lines:
        return self._lines_of(notebook)

    def _file_lines(self, notebook: Notebook) -> Lines:
        return self._lines_of(notebook.file)

    def _lines_of(self, source: SourceFile) -> Lines:
        """Return the lines of a text, which are counted once, and only where it is asked."""
        key = id(source)
        if key not in self._lines:
            self._lines[key] = Lines(source.text)
        return self._lines[key]


def _mentions_procore(notebook: Notebook) -> bool:
    return any("procore" in cell.source.text.lower() for cell in notebook.cells)


def _tell(kind: Kind, line: str) -> Told:
    match kind:
        case Kind.PROSE:
            return _PROSE
        case Kind.BROKEN:
            return _BROKEN
        case Kind.COMMAND:
            return _PROSE if line.lstrip().startswith(_COMMENTS) else _COMMAND
        case _:
            assert_never(kind)


def _name(notebook: Notebook, place: int) -> str:
    """Name a place as a user of Jupyter does."""
    cell = notebook.cell_at(place)
    line, _ = _count_lines(cell.source.text).place(cell.source.offset(place) or 0)
    return f"cell {cell.number}, line {line}"


def _show(notebook: Notebook, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Return the line of a cell that a place of the file is in, and the part that is there."""
    cell = notebook.cell_at(start).source
    low, last = cell.offset(start) or 0, cell.offset(end - 1)
    high = low if last is None else last + 1
    lines = _count_lines(cell.text)
    line, column = lines.place(low)
    text = lines.text(line)
    return text, (column - 1, min(column - 1 + high - low, len(text)))


@lru_cache(maxsize=4)
def _count_lines(cell: str) -> Lines:
    # The findings of one cell follow each other.
    return Lines(cell)


def _move_edit(edit: Edit, notebook: Notebook, passage: Passage) -> Iterator[Edit]:
    """Yield what an edit of a passage is in the file: one edit for each string it is in."""
    start, end = edit.span.start, edit.span.end
    at = passage.place(start)
    new = _escape(edit.new, notebook, at)
    for low, high in passage.spans(start, end) or [(at, at)]:
        span = Span(edit.span.path, low, high)
        yield replace(edit, span=span, old=notebook.file.text[low:high], new=new)
        new = ""


def _escape(text: str, notebook: Notebook, place: int) -> str:
    """Return a text as it is spelled in a JSON string, in the way of its neighbours."""
    file = notebook.file.text
    escaped = json.dumps(text, ensure_ascii=file.isascii())[1:-1]
    spans = notebook.cell_at(place).source.runs
    around = file[spans[0].place : spans[-1].place]
    if "\\/" in around and _BARE_SLASH.search(around) is None:
        return escaped.replace("/", "\\/")
    return escaped
