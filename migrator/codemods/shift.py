"""Finds edits again in a text in which others have been made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from migrator.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from migrator.values import Edit


def shift_behind(edit: Edit, made: Iterable[Edit]) -> Edit:
    """Return an edit as it stands in the text once others are made that it was planned with."""
    shift = sum(
        len(other.new) - len(other.old) for other in made if other.span.end <= edit.span.start
    )
    span = Span(edit.span.path, edit.span.start + shift, edit.span.end + shift)
    return replace(edit, span=span)
