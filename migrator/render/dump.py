"""Spells documents of JSON so that they are harmless to print, and read back to the very values."""

from __future__ import annotations

import json
from typing import Any

from migrator.render.clean import OLD_COMMAND, is_hidden


def dump_json(document: Any) -> str:
    """Return the document as lines, the last one ended.

    Hidden characters, lone surrogates among them, are JSON escapes: the text is valid UTF-8,
    harmless on a terminal, and a reader gets the very value. No line can be taken for a
    command of a CI runner.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return "".join(f"{_escape(line)}\n" for line in text.split("\n"))


def _escape(line: str) -> str:
    line = OLD_COMMAND.sub(r"#\\u0023", line)
    if line.isascii() and line.isprintable():
        return line
    return "".join(_escape_char(char) if is_hidden(char) else char for char in line)


def _escape_char(char: str) -> str:
    """Return the JSON escape: two of them, a surrogate pair, beyond the basic plane."""
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
