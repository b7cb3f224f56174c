"""Reads a file's text so that it can be written back exactly, and finds places in it."""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from bisect import bisect_right
from typing import TYPE_CHECKING

from migrator.discover import is_python
from migrator.values import Problem, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LARGEST = 20 * 1024 * 1024
"""Bytes: what is larger is data, and parsing it would take minutes and gigabytes."""

_WIDE_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SHEBANG = re.compile(rb"#!.*\bpython")
_LINE_END = re.compile(r"\r\n|\n|\r")


class Lines:
    r"""The lines of a text: they end in ``\n``, ``\r\n`` or ``\r``, and in nothing else.

    Lines and columns start at 1; columns count characters.
    """

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of the character at an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of the character at a line and column."""
        return self._starts[line - 1] + column - 1

    def text(self, line: int) -> str:
        """Return a line without its end."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")


def read_source(
    base: Path, path: str, *, mentioning: Callable[[bytes], bool] | None = None
) -> SourceFile | Problem | None:
    """Read one file.

    None is a file of no interest: one that ``mentioning`` denies, or one that is neither
    Python nor text. A Problem says why a file that may matter cannot be used.
    """
    try:
        data = (base / path).read_bytes()
    except OSError as error:
        return Problem(path, 1, "VAP902", f"cannot be read: {error.strerror or error}")
    if mentioning is not None and not mentioning(_narrow(data)):
        return None
    if len(data) > LARGEST:
        size = f"{len(data) / 1024 / 1024:.0f} MB"
        return Problem(path, 1, "VAP901", f"is too large to analyse ({size}): look at it by hand")
    if is_python(path) or _SHEBANG.match(data):
        return decode_source(path, data)
    return decode_text(path, data)


def _narrow(data: bytes) -> bytes:
    """Return bytes in which a word can be looked for: those of UTF-16 without the zeros."""
    return data.replace(b"\0", b"") if data.startswith(_WIDE_MARKS) else data


def decode_source(path: str, data: bytes) -> SourceFile | Problem:
    """Decode a Python file by Python's own rules: byte order mark, coding line, UTF-8."""
    if data.startswith(_WIDE_MARKS):
        message = "is in UTF-16 or UTF-32, which Python cannot read: save it as UTF-8"
        return Problem(path, 1, "VAP901", message)
    if b"\0" in data:
        return Problem(path, 1, "VAP901", "looks binary: it has a zero byte")
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except (SyntaxError, UnicodeDecodeError) as error:
        if "unknown encoding" in str(error):
            message = f"its coding line names no encoding that Python knows: {error}"
            return Problem(path, 1, "VAP901", message)
        encoding = "utf-8"
    encoding = "utf-8" if encoding == "utf-8-sig" else encoding
    body = data[len(bom) :]
    try:
        text = body.decode(encoding)
        same = text.encode(encoding) == body
    except UnicodeDecodeError as error:
        return _undecodable(path, data, len(bom) + error.start, encoding)
    except (UnicodeEncodeError, LookupError):
        same = False
    if not same:
        message = f"does not come back the same through {encoding}: it would not be kept whole"
        return Problem(path, 1, "VAP901", message)
    return SourceFile(path, data, text, encoding, bom)


def _undecodable(path: str, data: bytes, offset: int, encoding: str) -> Problem:
    line = len(_LINE_END.findall(data[:offset].decode("latin-1"))) + 1
    message = (
        f"is not valid {encoding}: byte 0x{data[offset]:02x} at offset {offset}; "
        "save it as UTF-8, or name its encoding in a coding line (PEP 263)"
    )
    return Problem(path, line, "VAP901", message)


def decode_text(path: str, data: bytes) -> SourceFile | None:
    """Decode a file that is not Python: UTF-8, else Latin-1, in which every byte is a character.

    None is a binary file.
    """
    if b"\0" in data:
        return None
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    body = data[len(bom) :]
    try:
        return SourceFile(path, data, body.decode("utf-8"), "utf-8", bom)
    except UnicodeDecodeError:
        return SourceFile(path, data, data.decode("latin-1"), "latin-1")


def encode_source(source: SourceFile, text: str) -> bytes:
    """Return the bytes of a file with another text; raises UnicodeEncodeError."""
    return source.bom + text.encode(source.encoding)
