"""Makes the planned edits of one file and proves that nothing else has changed."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from migrator.codemods.kept import encode_kept
from migrator.codemods.kinds import rewrite_tree
from migrator.codemods.notebook import migrate_notebook
from migrator.codemods.prove import OtherProgramError
from migrator.codemods.splice import splice
from migrator.discover import is_notebook, is_python
from migrator.errors import ParseError
from migrator.notebook.program import Notebook
from migrator.program.plain import plain_text
from migrator.source import encode_source
from migrator.texts.prove import find_difference
from migrator.values import Changed, Failed, SourceFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrator.values import Edit, Outcome


def migrate_source(source: SourceFile, edits: Sequence[Edit]) -> Outcome:
    """Return the file with its edits made, or why they cannot be.

    ``edits`` are in order. The text is put together from the edits' spans alone. A Python
    file is also rewritten by the codemods of its edits' kinds on its syntax tree, which the
    new text must give again, and a settings file loaded before and after. Only where both
    agree, and every byte outside the spans is what it was, is the result believed.
    """
    if is_notebook(source.path) and not isinstance(source, Notebook):
        return migrate_notebook(source, edits, migrate_source)
    text = splice(source.text, edits)
    if text is None:
        return Failed(source.path, "the text to replace is not where the plan expects it")
    if is_python(source.path):
        difference = _find_other_code(source.text, text, edits)
    else:
        difference = find_difference(source.path, source.text, text, edits)
    if difference is not None:
        return Failed(source.path, difference)
    if isinstance(source, Notebook):
        # Its program is never written: the file that it is taken from is proved by itself.
        return Changed(source, encode_source(source, text), text)
    return encode_kept(source, text, edits)


def _find_other_code(before: str, after: str, edits: Sequence[Edit]) -> str | None:
    """Say why the new text of a module is not the old one with its edits made on its tree."""
    try:
        rewritten = rewrite_tree(before, edits)
    except ParseError as error:
        return f"cannot be parsed: {error.reason}"
    except OtherProgramError as error:
        return str(error)
    if rewritten != plain_text(after):
        return "the rewritten syntax tree differs from the planned text"
    if not _compiles(after) and _compiles(before):
        return "Python would not read it any more"
    return None


def _compiles(text: str) -> bool:
    """Ask Python's own parser, which knows what may stand in a literal: LibCST does not look."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
