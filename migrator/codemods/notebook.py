"""Makes the planned edits of a notebook in its JSON, and proves them on its program."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from migrator.codemods.kept import encode_kept
from migrator.codemods.splice import splice
from migrator.errors import ParseError
from migrator.notebook.program import read_notebook
from migrator.values import Failed, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from migrator.notebook.passage import Passage
    from migrator.notebook.program import Notebook
    from migrator.values import Edit, Outcome, SourceFile

_SOURCES = frozenset({"source", "input"})


def migrate_notebook(
    source: SourceFile,
    edits: Sequence[Edit],
    migrate_program: Callable[[SourceFile, Sequence[Edit]], Outcome],
) -> Outcome:
    """Return the notebook with its edits made, or why they cannot be.

    ``edits`` are in order. They are made in the text of the JSON by their spans alone, and
    ``migrate_program`` makes them in the program. The result is believed where it is a
    notebook that says the same but for the edited sources, and whose program is what the
    other way leads to.
    """
    if not all(_is_spelled(edit.new) for edit in edits):
        return Failed(source.path, "what is to be put in is not spelled as in JSON")
    text = splice(source.text, edits)
    if text is None:
        return Failed(source.path, "the text to replace is not where the plan expects it")
    try:
        before, after = read_notebook(source), read_notebook(replace(source, text=text))
    except ParseError as error:
        return Failed(source.path, f"cannot be parsed: {error.reason}")
    reason = _find_difference(before, after, edits)
    if reason is None:
        reason = _find_other_program(before, after, edits, migrate_program)
    if reason is not None:
        return Failed(source.path, reason)
    return encode_kept(source, text, edits)


def _is_spelled(text: str) -> bool:
    """Tell whether a text can stand in a string of JSON as it is."""
    try:
        json.loads(f'"{text}"')
    except json.JSONDecodeError:
        return False
    return True


def _find_difference(before: Notebook, after: Notebook, edits: Sequence[Edit]) -> str | None:
    """Say where the new document is not the old one with other sources."""
    if _read_without_sources(before) != _read_without_sources(after):
        return "the notebook would differ in more than the source of its cells"
    inside: dict[int, list[Edit]] = {}
    for edit in edits:
        inside.setdefault(before.cell_at(edit.span.start).number, []).append(edit)
    planned = [
        splice(cell.source.text, _translate(inside.get(cell.number, ()), cell.source))
        for cell in before.cells
    ]
    # A cell without a text is none of its program.
    if list(filter(None, planned)) != [cell.source.text for cell in after.cells]:
        return "the source of a cell differs from what was planned"
    return None


def _read_without_sources(notebook: Notebook) -> object:
    """Read the document as if its cells had no text, by the standard library alone.

    Numbers stay as they are spelled: NaN is not even equal to itself.
    """
    document = json.loads(
        notebook.file.text, parse_int=_spell, parse_float=_spell, parse_constant=_spell
    )
    for holder in (document, *document.get("worksheets", ())):
        cells = holder.get("cells") if isinstance(holder, dict) else None
        for cell in cells if isinstance(cells, list) else ():
            for name in _SOURCES.intersection(cell) if isinstance(cell, dict) else ():
                cell[name] = _blank(cell[name])
    return document


def _spell(number: str) -> tuple[str]:
    return (number,)


def _blank(source: object) -> object:
    """Return the shape of a source: how many texts it has."""
    if isinstance(source, list):
        return ["" if isinstance(part, str) else part for part in source]
    return "" if isinstance(source, str) else source


def _find_other_program(
    before: Notebook,
    after: Notebook,
    edits: Sequence[Edit],
    migrate_program: Callable[[SourceFile, Sequence[Edit]], Outcome],
) -> str | None:
    """Say why the program of the new notebook is not that of the old one with its edits made."""
    expected = before.text
    planned = _translate(edits, before.program)
    if planned:
        outcome = migrate_program(before, planned)
        if isinstance(outcome, Failed):
            return outcome.reason
        expected = outcome.text
    return None if after.text == expected else "its program differs from the rewritten one"


def _translate(edits: Sequence[Edit], passage: Passage) -> list[Edit]:
    """Return those edits of the file that are in a passage, as edits of its text."""
    found: list[Edit] = []
    for edit in edits:
        start = passage.offset(edit.span.start)
        if edit.span.start < edit.span.end:
            last = passage.offset(edit.span.end - 1)
        else:
            # What is put in between stands behind a character or before one.
            last = passage.offset(edit.span.start - 1)
            start = last + 1 if start is None and last is not None else start
            last = start - 1 if start is not None else None
        if start is not None and last is not None:
            last += _ends_made_up_line(edit, passage, start, last + 1)
            span = Span(edit.span.path, start, last + 1)
            new = json.loads(f'"{edit.new}"')
            found.append(replace(edit, span=span, old=passage.text[start : last + 1], new=new))
    return found


def _ends_made_up_line(edit: Edit, passage: Passage, start: int, end: int) -> bool:
    """Tell whether an edit takes a line away whose end does not stand in the file.

    At the end of a cell there need not be one, and without the line none is made up.
    """
    return (
        not edit.new
        and passage.text[end : end + 1] == "\n"
        and passage.text[max(start - 1, 0) : start] in {"\n", ""}
        and not passage.spans(end, end + 1)
    )
