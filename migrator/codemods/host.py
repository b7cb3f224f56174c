"""The ``host`` fix: literals that spell a host spell the one that serves their calls by now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.codemods.namespace import replace_literals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from migrator.values import Edit


def replace_hosts(text: str, edits: Sequence[Edit]) -> str:
    """Return the code of a module with other hosts in its literals.

    Raises ParseError where the text, or the result, is not Python 3. An edit that takes the
    place of anything but a whole host name is left out of the result.
    """
    return replace_literals(text, [edit for edit in edits if _is_host_name(text, edit)])


def _is_host_name(text: str, edit: Edit) -> bool:
    around = text[max(edit.span.start - 1, 0) : edit.span.start] + text[edit.span.end :][:1]
    return not any(character.isalnum() or character in "-_" for character in around)
