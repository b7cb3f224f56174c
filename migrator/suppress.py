"""Reads the comments that silence findings: ``# vapid: ignore`` and ``# vapid: ignore-file``."""

from __future__ import annotations

import re

_LINE = re.compile(r"#\s*vapid:\s*ignore(?![\w-])(?:\[(?P<codes>[^\]]*)\]|(?!\[))")
_FILE = re.compile(r"^[ \t]*#\s*vapid:\s*ignore-file(?![\w-])", re.MULTILINE)


def suppresses_file(text: str) -> bool:
    """Tell whether a line of its own silences the whole file."""
    return "ignore-file" in text and _FILE.search(text) is not None


def suppresses(line: str, code: str) -> bool:
    """Tell whether a line silences findings with a code; without codes it silences all."""
    return find_suppression(line, code) is not None


def find_suppression(line: str, code: str) -> int | None:
    """Return where in a line the comment that silences a code starts, None without one."""
    match = _LINE.search(line) if "ignore" in line else None
    if match is None:
        return None
    codes = match["codes"]
    silent = codes is None or code in {each.strip() for each in codes.split(",")}
    return match.start() if silent else None
