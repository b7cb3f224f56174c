"""Reads the comments that silence findings: ``# vapid: ignore`` and ``# vapid: ignore-file``."""

from __future__ import annotations

import re

_LINE = re.compile(r"#\s*vapid:\s*ignore(?![\w-])(?:\[(?P<codes>[^\]]*)\])?")
_FILE = re.compile(r"^[ \t]*#\s*vapid:\s*ignore-file(?![\w-])", re.MULTILINE)


def suppresses_file(text: str) -> bool:
    """Tell whether a line of its own silences the whole file."""
    return "ignore-file" in text and _FILE.search(text) is not None


def suppresses(line: str, code: str) -> bool:
    """Tell whether a line silences findings with a code; without codes it silences all."""
    match = _LINE.search(line) if "ignore" in line else None
    if match is None:
        return False
    codes = match["codes"]
    return codes is None or code in {each.strip() for each in codes.split(",")}
