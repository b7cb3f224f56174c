"""Reads the comments that silence findings: ``# vapid: ignore`` and ``# vapid: ignore-file``."""

from __future__ import annotations

import io
import re
import tokenize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"#\s*vapid:\s*ignore(?![\w-])(?:[ \t]*\[(?P<codes>[^\]]*)\]|(?![ \t]*\[))")
_FILE = re.compile(r"^[ \t]*#\s*vapid:\s*ignore-file(?![\w-])", re.MULTILINE)
_QUOTE = re.compile(r"(?<!\w)'|'(?!\w)|\"")
"""A quote; an apostrophe inside of a word is none."""

_LINE_END = re.compile(r"\r\n?")


def suppresses_file(text: str, *, python: bool = False) -> bool:
    """Tell whether a comment on a line of its own silences the whole file.

    In Python, the same words in a string are none.
    """
    if "ignore-file" not in text:
        return False
    text = _LINE_END.sub("\n", text)
    if _FILE.search(text) is None:
        return False
    return not python or any(_FILE.match(line) for line in _lone_comments(text))


def _lone_comments(text: str) -> Iterator[str]:
    """Yield the comments on lines of their own, as far as the text can be told apart."""
    lines = text.split("\n")
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            row, column = token.start
            if token.type == tokenize.COMMENT and not lines[row - 1][:column].strip():
                yield token.string
    except (tokenize.TokenError, SyntaxError):
        # What comes after this is not known to be a comment.
        return


def suppresses(line: str, code: str) -> bool:
    """Tell whether a line silences findings with a code; without codes it silences all."""
    return any(True for _ in find_suppressions(line, code))


def suppresses_text(line: str, code: str) -> bool:
    """Tell whether a line of what is no Python silences a code: what stands in quotes does not."""
    return any(not _is_quoted(line, column) for column in find_suppressions(line, code))


def _is_quoted(line: str, column: int) -> bool:
    """Tell a place in a line that has a quote open before it, and closed after it."""
    quote = ""
    for found in _QUOTE.finditer(line, 0, column):
        quote = found[0] if not quote else "" if quote == found[0] else quote
    return bool(quote) and any(found[0] == quote for found in _QUOTE.finditer(line, column))


def find_suppressions(line: str, code: str) -> Iterator[int]:
    """Yield where in a line something starts that silences a code, if it is a comment."""
    for match in _LINE.finditer(line) if "ignore" in line else ():
        codes = match["codes"]
        if codes is None or code in {each.strip() for each in codes.split(",")}:
            yield match.start()
