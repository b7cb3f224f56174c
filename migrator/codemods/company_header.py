"""The ``company-header`` fix: one more entry of a dict, argument, statement or import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.codemods.insert import insert_nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrator.values import Edit


def add_headers(text: str, edits: Sequence[Edit]) -> str:
    """Return the code of a module with what sends the header added to its tree.

    Raises ParseError where the text, or the result, is not Python 3. An edit that takes
    something away is left out of the result.
    """
    return insert_nodes(text, [edit for edit in edits if edit.span.start == edit.span.end])
