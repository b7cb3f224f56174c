"""The names of the files that a new content waits in until it takes the place of the old one."""

from __future__ import annotations

import re

BEFORE, AFTER = ".vapid-to-rest-", ".tmp"

_NAME = re.compile(rf"\..+{re.escape(BEFORE)}[a-z0-9_]{{8}}{re.escape(AFTER)}", re.DOTALL)


def is_draft(name: str) -> bool:
    """Tell from a file's name whether a run of this tool has made it, and may have left it."""
    return name.endswith(AFTER) and _NAME.fullmatch(name.rpartition("/")[2]) is not None
