"""Says that a scan found nothing: apart from what else is rendered, as that is seldom needed."""

from __future__ import annotations

NOTHING = "Nothing to move: "
"""What stands out."""


def say_where(files: int) -> str:
    """Return the rest of the line: where nothing was found."""
    return f"no vapid call in {'1 file' if files == 1 else f'{files:,} files'}."
