"""The text of a file as both parsers read it."""

from __future__ import annotations


def plain_text(text: str) -> str:
    """Return ``text`` with the characters that LibCST does not print back replaced.

    The result has the same length, so places in one are places in the other. A form
    feed on a line of its own and a lone carriage return mean white space and a line end
    to Python; LibCST 1.9 drops the first and, at the end of a file, the second.
    """
    if "\f" in text:
        lines = text.splitlines(keepends=True)
        text = "".join(line.replace("\f", " ") if not line.strip() else line for line in lines)
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    return text
