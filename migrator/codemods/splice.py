"""Puts a text together from what stays and what is put in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrator.values import Edit


def splice(text: str, edits: Sequence[Edit]) -> str | None:
    """Return ``text`` with each edit's span replaced, None where one does not fit."""
    parts: list[str] = []
    position = 0
    for edit in edits:
        start, end = edit.span.start, edit.span.end
        if start < position or text[start:end] != edit.old:
            return None
        parts += (text[position:start], edit.new)
        position = end
    parts.append(text[position:])
    return "".join(parts)
