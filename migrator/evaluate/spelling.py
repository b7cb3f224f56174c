"""How a string literal spells its value: which source characters stand for which of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import libcst as cst

_ESCAPE = re.compile(
    r"\\(?:\r\n|[\n\r\\'\"abfnrtv]|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}"
    r"|U[0-9a-fA-F]{8}|N\{[^}]+\})"
)
_SIMPLE = {
    "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f",
    "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\n": "", "\r": "", "\r\n": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """The value of a literal, and where each of its characters starts in the node's text.

    ``starts`` has one offset more than the value has characters; None where value and
    text run in step from ``shift``.
    """

    value: str
    shift: int
    starts: tuple[int, ...] | None
    raw: bool

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the part of the node's text that spells ``value[start:end]``."""
        if self.starts is None:
            return self.shift + start, self.shift + end
        return self.starts[start], self.starts[end]


def spell_string(node: cst.SimpleString) -> Spelling:
    """Read a plain, raw or bytes literal."""
    prefix, quote = node.prefix.lower(), len(node.quote)
    shift = len(node.prefix) + quote
    body = node.value[shift : len(node.value) - quote]
    return _spell(body, shift, raw="r" in prefix, braces=False, byte="b" in prefix)


def spell_fragment(node: cst.FormattedStringText, *, raw: bool) -> Spelling:
    """Read the text between the replacement fields of an f-string."""
    return _spell(node.value, 0, raw=raw, braces=True, byte=False)


def _spell(body: str, shift: int, *, raw: bool, braces: bool, byte: bool) -> Spelling:
    escaped = "\\" in body and not raw
    doubled = braces and ("{{" in body or "}}" in body)
    if not escaped and not doubled:
        return Spelling(body, shift, None, raw)
    value: list[str] = []
    starts: list[int] = []
    position = 0
    while position < len(body):
        text, length = _next(body, position, escaped=escaped, doubled=doubled, byte=byte)
        value.append(text)
        starts.extend([shift + position] * len(text))
        position += length
    return Spelling("".join(value), shift, (*starts, shift + len(body)), raw)


def _next(body: str, position: int, *, escaped: bool, doubled: bool, byte: bool) -> tuple[str, int]:
    """Return the value of the next source character or escape, and its length in source."""
    if doubled and body.startswith(("{{", "}}"), position):
        return body[position], 2
    if escaped and body[position] == "\\":
        match = _ESCAPE.match(body, position)
        if match is not None:
            value = _unescape(match[0][1:], byte=byte)
            return (match[0] if value is None else value), len(match[0])
    return body[position], 1


def _unescape(code: str, *, byte: bool) -> str | None:
    """Return what an escape stands for: empty for a line joined, None for no escape."""
    if code in _SIMPLE:
        return _SIMPLE[code]
    if code[0] in "01234567":
        return chr(int(code, 8))
    if code[0] == "x":
        return chr(int(code[1:], 16))
    if byte:
        return None
    if code[0] in "uU":
        number = int(code[1:], 16)
        return chr(number) if number <= 0x10FFFF else None
    try:
        return unicodedata.lookup(code[2:-1])
    except KeyError:
        return None
