"""Makes the planned edits of one file and proves that nothing else has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.codemods.kinds import rewrite_tree
from migrator.codemods.notebook import migrate_notebook
from migrator.codemods.splice import splice
from migrator.discover import is_notebook, is_python
from migrator.errors import ParseError
from migrator.notebook.program import Notebook
from migrator.program.syntax import plain_text
from migrator.source import encode_source
from migrator.texts.prove import find_difference
from migrator.values import Changed, Failed, SourceFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrator.values import Edit, Outcome


def migrate_source(source: SourceFile, edits: Sequence[Edit]) -> Outcome:
    """Return the file with its edits made, or why they cannot be.

    ``edits`` are in order. The text is put together from the edits' spans alone. A Python
    file is also rewritten by the codemods of its edits' kinds on its syntax tree, and a
    settings file loaded before and after: only where both agree is the result believed.
    """
    if is_notebook(source.path) and not isinstance(source, Notebook):
        return migrate_notebook(source, edits, migrate_source)
    text = splice(source.text, edits)
    if text is None:
        return Failed(source.path, "the text to replace is not where the plan expects it")
    if is_python(source.path):
        try:
            rewritten = rewrite_tree(source.text, edits)
        except ParseError as error:
            return Failed(source.path, f"cannot be parsed: {error.reason}")
        if rewritten != plain_text(text):
            return Failed(source.path, "the rewritten syntax tree differs from the planned text")
    elif (difference := find_difference(source.path, source.text, text, edits)) is not None:
        return Failed(source.path, difference)
    try:
        after = encode_source(source, text)
    except UnicodeEncodeError as error:
        return Failed(source.path, f"cannot be written in its encoding: {error}")
    return Changed(source, after, text)
