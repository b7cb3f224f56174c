"""Reads files so that they can be written back to the byte, and counts their lines."""

from __future__ import annotations

import codecs
import os
import re
from bisect import bisect_right
from stat import S_ISREG
from tokenize import detect_encoding
from typing import TYPE_CHECKING

from migrator.discover import UNREADABLE, is_python
from migrator.prefilter import mentions_in
from migrator.values import Problem, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import FileIO
    from pathlib import Path

    from migrator.discover import Listing

LARGEST = 20_000_000
"""The most bytes that are read of a file; larger ones are data, whatever their names say."""

UNDECODABLE = "VAP901"

_CHUNK = 1_000_000
_OVERLAP = 64
"""More than any way to spell the namespace is long."""

_SHEBANG = re.compile(rb"#![^\r\n]*\bpython")
_TWO_LINES = re.compile(rb"[^\r\n]*(?:\r\n?|\n)?[^\r\n]*(?:\r\n?|\n)?")
_LINE_END = re.compile(r"\r\n?|\n")
_ABOVE = 8
"""Lines that are shown to what looks above a line."""
_FAR = 500
"""Characters of these at most: every finding keeps its own."""

# UTF-32 before UTF-16: the marks of the little-endian ones begin alike.
_FOREIGN_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_listed(
    listing: Listing, path: str, *, mentioning: Callable[[bytes], bool] | None = None
) -> SourceFile | Problem | None:
    """Read one file of a listing by the rules of Python or of plain text.

    None where ``mentioning`` says that the bytes are of no interest: they are not decoded;
    and where the file is neither Python nor text. Only a regular file is read;
    one larger than LARGEST is a Problem if it is of interest.
    """
    data = listing.instead.get(path)
    if data is None:
        return read_source(listing.base, path, mentioning=mentioning)
    interesting = mentioning is None or mentions_in(data, mentioning)
    return decode_file(path, data) if interesting else None


def read_source(
    base: Path, path: str, *, mentioning: Callable[[bytes], bool] | None = None
) -> SourceFile | Problem | None:
    """Read one file as it is on the disk, relative to ``base``, as ``read_listed`` does."""
    data = _read_bytes(base, path, mentioning)
    if not isinstance(data, bytes):
        return data
    return decode_file(path, data)


def decode_file(path: str, data: bytes) -> SourceFile | Problem | None:
    """Decode a file by the rules of Python or of plain text, as its name and first line say."""
    if is_python(path) or _is_script(path, data):
        return decode_source(path, data)
    return decode_text(path, data)


def look_into(base: Path, path: str) -> bytes | None:
    """Return the bytes of one file, without a look at its encoding; None where there are none."""
    data = _read_bytes(base, path, None)
    return data if isinstance(data, bytes) else None


def read_leniently(listing: Listing, path: str) -> SourceFile | None:
    """Read a file that cannot be decoded, for a search by text; None where it is gone."""
    data: bytes | Problem | None = listing.instead.get(path)
    if data is None:
        data = _read_bytes(listing.base, path, None)
    return decode_leniently(path, data) if isinstance(data, bytes) else None


def _read_bytes(
    base: Path, path: str, mentioning: Callable[[bytes], bool] | None
) -> bytes | Problem | None:
    try:
        with open(
            os.path.join(base, path),  # noqa: PTH118 - twice as fast as with Path, for every file
            "rb",
            buffering=0,
            opener=_open_at_once,
        ) as file:
            status = os.fstat(file.fileno())
            if not S_ISREG(status.st_mode):
                return Problem(path, 1, UNREADABLE, "is not a regular file: not read")
            if status.st_size > LARGEST:
                return _read_large(file, path, mentioning)
            data = file.readall()
    except OSError as error:
        return Problem(path, 1, UNREADABLE, f"cannot be read: {error.strerror}")
    return data if mentioning is None or mentions_in(data, mentioning) else None


def _is_script(path: str, data: bytes) -> bool:
    """Tell whether a file without a suffix says in its first line that Python runs it."""
    name = path.rpartition("/")[2]
    return "." not in name and _SHEBANG.match(data) is not None


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting for a writer, should a named pipe stand there by now."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _read_large(
    file: FileIO, path: str, mentioning: Callable[[bytes], bool] | None
) -> Problem | None:
    if mentioning is not None and not any(mentions_in(part, mentioning) for part in _parts(file)):
        return None
    return Problem(path, 1, UNREADABLE, f"is larger than {LARGEST // 10**6} MB: not read")


def _parts(file: FileIO) -> Iterator[bytes]:
    """Yield the file in parts that overlap, so that no word is cut in all of them."""
    tail = b""
    while part := file.read(_CHUNK):
        yield tail + part
        tail = part[-_OVERLAP:]


def decode_source(path: str, data: bytes) -> SourceFile | Problem:
    """Decode a Python file as Python does: byte order mark, coding line, else UTF-8.

    A Problem, never a guess, where that fails or would not give the same bytes back.
    """
    foreign = _find_foreign(path, data)
    if foreign is not None:
        return foreign
    if b"\0" in data:
        offset = data.index(b"\0")
        message = f"looks binary: it has a NUL byte at offset {offset}"
        return _undecodable(path, message, _line_of(data, offset))
    try:
        # Python ends a line at a lone \r, too; detect_encoding sees lines as it is given them.
        head = _TWO_LINES.match(data)
        lines = iter(head[0].splitlines(keepends=True) if head else ())
        encoding = detect_encoding(lines.__next__)[0]
    except SyntaxError as error:
        decoded = _decode(path, data, "utf-8")
        if isinstance(decoded, Problem):
            return decoded
        return _undecodable(path, f"has a coding line that Python refuses ({error}): correct it")
    encoding = "utf-8" if encoding == "utf-8-sig" else encoding
    if not _extends_ascii(encoding):
        return _undecodable(path, f"names {encoding} as its encoding: Python cannot be read in it")
    return _decode(path, data, encoding)


def decode_text(path: str, data: bytes) -> SourceFile | Problem | None:
    """Decode a file that is not Python: UTF-8 with or without a mark, else Latin-1.

    Latin-1 gives every byte a character and all ASCII its own, so that URLs are found
    and every byte comes back, whatever the encoding really is. UTF-16 and UTF-32 are a
    Problem: text that a person should look at. None is a binary file.
    """
    foreign = _find_foreign(path, data)
    if foreign is not None:
        return foreign
    if b"\0" in data:
        return None
    decoded = _decode(path, data, "utf-8")
    if isinstance(decoded, Problem):
        return SourceFile(path, data, data.decode("latin-1"), "latin-1")
    return decoded


def decode_leniently(path: str, data: bytes) -> SourceFile:
    """Decode what ``decode_source`` refuses, for a search by text: never to be written back.

    A byte that has no meaning becomes U+FFFD; ASCII keeps its own, so that URLs are found.
    """
    encoding = next((name for mark, name in _FOREIGN_MARKS if data.startswith(mark)), None)
    if encoding is None and b"\0" in data[:2]:
        encoding = "UTF-16-BE" if data.startswith(b"\0") else "UTF-16-LE"
    text = data.decode(encoding or "utf-8", "replace")
    return SourceFile(path, data, text.removeprefix("\ufeff"), encoding or "utf-8")


def encode_source(source: SourceFile, text: str) -> bytes:
    """Encode a new text for the file as its old one was, byte order mark included.

    Raises UnicodeEncodeError where the file's encoding has no place for a character.
    """
    return source.bom + text.encode(source.encoding)


def _find_foreign(path: str, data: bytes) -> Problem | None:
    """Return what is wrong with text whose mark says that no tool here can read it."""
    for mark, name in _FOREIGN_MARKS:
        if data.startswith(mark):
            return _undecodable(path, f"is {name}: save it as UTF-8")
    return None


def _extends_ascii(encoding: str) -> bool:
    """Tell whether ASCII text is the same bytes in an encoding; not so rot13, EBCDIC, UTF-16."""
    try:
        return "# coding".encode(encoding) == b"# coding"
    except (LookupError, UnicodeError):
        return False


def _decode(path: str, data: bytes, encoding: str) -> SourceFile | Problem:
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    body = data[len(bom) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        offset = len(bom) + error.start
        # A codec may find fault with what does not come any more.
        byte = data[offset : offset + 1].hex()
        what = f"byte 0x{byte} at offset {offset}" if byte else "the end of the file"
        way = (
            "save the file as UTF-8, or name its encoding in a coding line at the top"
            if encoding == "utf-8"
            else "correct the coding line, or the byte"
        )
        return _undecodable(path, f"{what} is not {encoding}: {way}", _line_of(data, offset))
    except UnicodeError as error:
        return _undecodable(path, f"is not {encoding}, as its coding line says: {error}")
    if not _encodes_to(text, encoding, body):
        return _undecodable(path, f"would not be the same bytes when written in {encoding} again")
    return SourceFile(path, data, text, encoding, bom)


def _encodes_to(text: str, encoding: str, data: bytes) -> bool:
    try:
        return text.encode(encoding) == data
    except UnicodeError:
        return False


def _undecodable(path: str, message: str, line: int = 1) -> Problem:
    return Problem(path, line, UNDECODABLE, message)


def _line_of(data: bytes, offset: int) -> int:
    before = data[:offset]
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


class Lines:
    r"""The lines of a text: they end at ``\n``, ``\r\n`` and ``\r``, and nowhere else.

    Form feeds and Unicode's separators do not end a line of Python.
    """

    __slots__ = ("_last", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._last = (0, "")
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of a character; both start at 1, columns count characters."""
        if not 0 <= offset <= len(self._text):
            raise ValueError(f"offset {offset} is outside the text")
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of the character at a place: the inverse of ``place``."""
        if not 1 <= line <= len(self._starts):
            raise ValueError(f"line {line} is outside the text")
        return self._starts[line - 1] + column - 1

    def above(self, line: int) -> str:
        """Return the end of what stands above a line, of a few lines at most."""
        start = self._starts[line - 1]
        return self._text[max(self._starts[max(line - 1 - _ABOVE, 0)], start - _FAR) : start]

    def text(self, line: int) -> str:
        """Return a line without its end: the same text again where it is asked for in a row.

        A minified file has all of its findings on one line of megabytes.
        """
        if self._last[0] != line:
            start = self.offset(line, 1)
            end = self._starts[line] if line < len(self._starts) else len(self._text)
            self._last = (line, self._text[start:end].rstrip("\r\n"))
        return self._last[1]
