"""Reading files so that no byte is lost, and counting their lines."""

from __future__ import annotations

import codecs
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from migrator import source as source_module
from migrator.source import Lines, decode_source, decode_text, encode_source, read_source
from migrator.values import Problem, SourceFile


def has_word(data: bytes) -> bool:
    return b"vapid" in data


def decoded(data: bytes) -> SourceFile:
    found = decode_source("a.py", data)
    assert isinstance(found, SourceFile), found
    return found


def refused(data: bytes) -> Problem:
    found = decode_source("a.py", data)
    assert isinstance(found, Problem), found
    assert (found.path, found.code) == ("a.py", "VAP901")
    return found


# Python

E_ACUTE = "\N{LATIN SMALL LETTER E WITH ACUTE}"
EURO = "\N{EURO SIGN}"


@pytest.mark.parametrize(
    ("data", "text", "encoding", "bom"),
    [
        (b"", "", "utf-8", b""),
        (b"x = 1\n", "x = 1\n", "utf-8", b""),
        (b"x = 1", "x = 1", "utf-8", b""),
        ("é = 1\n".encode(), "é = 1\n", "utf-8", b""),
        (b"\xef\xbb\xbfx\n", "x\n", "utf-8", b"\xef\xbb\xbf"),
        (b"\xef\xbb\xbfx\r\ny\r\n", "x\r\ny\r\n", "utf-8", b"\xef\xbb\xbf"),
        (b"\xef\xbb\xbf", "", "utf-8", b"\xef\xbb\xbf"),
        (b"\xef\xbb\xbf# coding: utf-8\n", "# coding: utf-8\n", "utf-8", b"\xef\xbb\xbf"),
        (b"\xef\xbb\xbf\xef\xbb\xbfx", "\ufeffx", "utf-8", b"\xef\xbb\xbf"),
        (b"a\rb\r", "a\rb\r", "utf-8", b""),
        (b"a\nb\r\nc\rd", "a\nb\r\nc\rd", "utf-8", b""),
        (b"\x0c# x\n", "\x0c# x\n", "utf-8", b""),
        (b"# coding: latin-1\n# \xe9\n", "# coding: latin-1\n# é\n", "iso-8859-1", b""),
        (b"#!/bin/x\n# -*- coding: cp1252 -*-\n# \x80\n", None, "cp1252", b""),
        (b"# coding: latin-1\r# \xe9\r", "# coding: latin-1\r# é\r", "iso-8859-1", b""),
        (b"# one\r\n# coding: latin-1\r\n# \xe9\r\n", None, "iso-8859-1", b""),
        (b"# coding: shift_jis\n# \x83\x5c\n", "# coding: shift_jis\n# ソ\n", "shift_jis", b""),
        (b"# one\n# two\n# coding: latin-1\n", None, "utf-8", b""),
        (b"x = 1\n# coding: latin-1\n", None, "utf-8", b""),
        # A comment that goes on about coding far behind the first two lines, which end in \r.
        (b"# a\r# b\r# coding: nonsense\r", None, "utf-8", b""),
    ],
    ids=lambda value: repr(value) if isinstance(value, bytes) and len(value) > 3 else "",
)
def test_python_is_decoded_by_its_mark_or_coding_line_or_as_utf_8(
    data: bytes, text: str | None, encoding: str, bom: bytes
) -> None:
    found = decoded(data)

    assert (found.path, found.data, found.encoding, found.bom) == ("a.py", data, encoding, bom)
    assert text is None or found.text == text
    assert encode_source(found, found.text) == data


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (
            b"x = 1\r\ny = 'caf\xe9'\r\n",
            2,
            (
                "byte 0xe9 at offset 15 is not utf-8: save the file as UTF-8, "
                "or name its encoding in a coding line at the top"
            ),
        ),
        (b"# caf\xe9\n", 1, "byte 0xe9 at offset 5 is not utf-8: save the file as UTF-8"),
        (b"# \xe9\n# coding: latin-1\n", 1, "byte 0xe9 at offset 2 is not utf-8"),
        (b"a\rb\r\xff", 3, "byte 0xff at offset 4 is not utf-8"),
        (b"\xef\xbb\xbfx\n\xff", 2, "byte 0xff at offset 5 is not utf-8"),
        (
            b"# coding: cp1252\n# \x81\n",
            2,
            "byte 0x81 at offset 19 is not cp1252: correct the coding line, or the byte",
        ),
        (
            b"# coding: nonsense\nx\n",
            1,
            "has a coding line that Python refuses (unknown encoding: nonsense): correct it",
        ),
        (b"\xef\xbb\xbf# coding: latin-1\n", 1, "has a coding line that Python refuses"),
        (b"# coding: rot13\n", 1, "names rot13 as its encoding: Python cannot be read in it"),
        (b"# coding: utf-16-le\n", 1, "names utf-16-le as its encoding"),
        (b"# coding: cp037\n", 1, "names cp037 as its encoding"),
        (b"# coding: undefined\n", 1, "names undefined as its encoding"),
        (b"# coding: idna .xn--99999", 1, "is not idna"),
        (b"# coding: idna\n" + b"x" * 99, 1, "would not be the same bytes when written in idna"),
        (
            b"# coding: unicode_escape\n# \\x41\n",
            1,
            "would not be the same bytes when written in unicode_escape again",
        ),
        (b"# coding: utf-7\n# +ADw-\n", 1, "would not be the same bytes"),
        (b"\x7fELF\n\0vapid\0", 2, "looks binary: it has a NUL byte at offset 5"),
        ("x = 1\n".encode("utf-16-le"), 1, "looks binary: it has a NUL byte at offset 1"),
        ("x = 1\n".encode("utf-16"), 1, "is UTF-16: save it as UTF-8"),
        (codecs.BOM_UTF16_BE + "x".encode("utf-16-be"), 1, "is UTF-16: save it as UTF-8"),
        ("x = 1\n".encode("utf-32"), 1, "is UTF-32: save it as UTF-8"),
        (codecs.BOM_UTF32_BE + "x".encode("utf-32-be"), 1, "is UTF-32: save it as UTF-8"),
    ],
    ids=lambda value: repr(value)[:40] if isinstance(value, bytes) else "",
)
def test_python_that_cannot_be_decoded_is_a_problem_that_says_where_and_what_to_do(
    data: bytes, line: int, message: str
) -> None:
    problem = refused(data)

    assert problem.line == line
    assert message in problem.message


CODECS = ["utf-8", "latin-1", "cp1252", "shift_jis", "gb18030", "koi8-r", "utf-7", "euc_jp"]


@given(st.binary())
@example(b"\r")
@settings(deadline=None)
def test_decoding_and_encoding_is_identity_whatever_the_bytes(data: bytes) -> None:
    for decode in (decode_source, decode_text):
        found = decode("a", data)
        if isinstance(found, SourceFile):
            assert encode_source(found, found.text) == data == found.data


@given(st.sampled_from(CODECS), st.text(), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
@settings(deadline=None)
def test_decoding_and_encoding_is_identity_whatever_the_coding_line(
    codec: str, text: str, end: str, mark: bool
) -> None:
    body = f"# coding: {codec}{end}".encode() + text.encode(codec, "ignore")
    data = codecs.BOM_UTF8 + body if mark else body

    found = decode_source("a.py", data)

    if isinstance(found, SourceFile):
        assert encode_source(found, found.text) == data
        assert not found.text.startswith("\ufeff#")
    else:
        assert b"\0" in data or codec != "utf-8"


def test_character_that_the_encoding_lacks_is_not_written() -> None:
    found = decoded(b"# coding: latin-1\n")

    with pytest.raises(UnicodeEncodeError):
        encode_source(found, EURO)


# Other text


@pytest.mark.parametrize(
    ("data", "text", "encoding", "bom"),
    [
        (b"", "", "utf-8", b""),
        ("a: é\r\n".encode(), "a: é\r\n", "utf-8", b""),
        (b"\xef\xbb\xbfa: 1", "a: 1", "utf-8", b"\xef\xbb\xbf"),
        (b"a: \xe9\x85/vapid/me", "a: é\x85/vapid/me", "latin-1", b""),
        (b"\xef\xbb\xbfa: \xe9", "ï»¿a: é", "latin-1", b""),
        (b"# coding: nonsense\n", "# coding: nonsense\n", "utf-8", b""),
    ],
    ids=["empty", "utf-8", "mark", "latin-1", "mark-but-latin-1", "coding-line-of-no-concern"],
)
def test_other_text_is_decoded_as_utf_8_or_else_byte_by_byte(
    data: bytes, text: str, encoding: str, bom: bytes
) -> None:
    found = decode_text("a.yaml", data)

    assert found == SourceFile("a.yaml", data, text, encoding, bom)
    assert isinstance(found, SourceFile)
    assert encode_source(found, text) == data


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a: vapid".encode("utf-16"), "is UTF-16: save it as UTF-8"),
        ("a: vapid".encode("utf-32"), "is UTF-32: save it as UTF-8"),
    ],
    ids=["utf-16", "utf-32"],
)
def test_other_text_in_an_encoding_of_wide_characters_is_a_problem(
    data: bytes, message: str
) -> None:
    assert decode_text("a.yaml", data) == Problem("a.yaml", 1, "VAP901", message)


def test_binary_file_is_no_text() -> None:
    assert decode_text("a.gif", b"GIF89a\0vapid") is None


# Reading


@contextmanager
def unprivileged() -> Iterator[None]:
    """Give up the rights of the superuser, to whom every file is open."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_file_is_read_by_the_rules_that_its_suffix_asks_for(tmp_path: Path) -> None:
    data = b"# coding: cp1252\n# \x80\n"
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.py").write_bytes(data)
    (tmp_path / "sub" / "a.cfg").write_bytes(data)

    python = read_source(tmp_path, "sub/a.py")
    other = read_source(tmp_path, "sub/a.cfg")

    assert python == SourceFile("sub/a.py", data, f"# coding: cp1252\n# {EURO}\n", "cp1252")
    assert other == SourceFile("sub/a.cfg", data, "# coding: cp1252\n# \x80\n", "latin-1")


@pytest.mark.parametrize(
    ("data", "is_read"),
    [
        (b"x = 'vapid'", True),
        (b"x = 1", False),
        (b"", False),
        (b"\0\0 no word \0", False),
        (b"\0\0 vapid \0", True),
        ("x = 'vapid'".encode("utf-16"), True),
        ("x = 'vapid'".encode("utf-32"), True),
        ("x = 1".encode("utf-16"), False),
        ("x = 'vapid'".encode("utf-16-le"), True),
        ("x = 'vapid'".encode("utf-32-be"), True),
        ("x = 'vopid'".encode("utf-16-le"), False),
    ],
    ids=repr,
)
def test_file_of_no_interest_is_not_decoded(data: bytes, is_read: bool, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(data)

    found = read_source(tmp_path, "a.py", mentioning=has_word)

    assert (found is not None) is is_read


@pytest.mark.parametrize(
    ("path", "data", "encoding"),
    [
        ("script", b"#!/usr/bin/env python3\n# coding: cp1252\n", "cp1252"),
        ("bin.d/script", b"#!/usr/bin/python3.11 -u\r\n# coding: cp1252\r\n", "cp1252"),
        ("script", b"#!/bin/sh\n# coding: cp1252\npython x\n", "utf-8"),
        ("script", b"# python\n# coding: cp1252\n", "utf-8"),
        ("script.sh", b"#!/usr/bin/env python3\n# coding: cp1252\n", "utf-8"),
    ],
    ids=["script", "in-folder-with-dot", "shell", "no-script", "suffix"],
)
def test_script_without_suffix_is_python_if_its_first_line_says_so(
    path: str, data: bytes, encoding: str, tmp_path: Path
) -> None:
    (tmp_path / "bin.d").mkdir()
    (tmp_path / path).write_bytes(data)

    found = read_source(tmp_path, path)

    assert isinstance(found, SourceFile)
    assert found.encoding == encoding


def test_binary_file_that_mentions_the_word_is_none_unless_it_is_called_python(
    tmp_path: Path,
) -> None:
    for name in ("a.png", "a.py"):
        (tmp_path / name).write_bytes(b"\x89PNG\0vapid")

    assert read_source(tmp_path, "a.png", mentioning=has_word) is None
    message = "looks binary: it has a NUL byte at offset 4"
    assert read_source(tmp_path, "a.py", mentioning=has_word) == Problem(
        "a.py", 1, "VAP901", message
    )


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing.py", "cannot be read: No such file or directory"),
        ("file/a.py", "cannot be read: Not a directory"),
        ("x.py", "cannot be read: Is a directory"),
        ("broken.py", "cannot be read: No such file or directory"),
        ("loop.py", "cannot be read: Too many levels of symbolic links"),
        ("pipe.py", "is not a regular file: not read"),
        ("null.py", "is not a regular file: not read"),
    ],
)
def test_path_that_cannot_be_read_is_a_problem(path: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "x.py").mkdir()
    (tmp_path / "broken.py").symlink_to("nowhere")
    (tmp_path / "loop.py").symlink_to("loop.py")
    (tmp_path / "null.py").symlink_to(os.devnull)
    os.mkfifo(tmp_path / "pipe.py")

    assert read_source(tmp_path, path) == Problem(path, 1, "VAP902", message)


def test_file_that_may_not_be_read_is_a_problem() -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        top.chmod(0o755)
        (top / "a.py").touch(mode=0)

        with unprivileged():
            found = read_source(top, "a.py")

        assert found == Problem("a.py", 1, "VAP902", "cannot be read: Permission denied")


def test_name_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    try:
        (tmp_path / name).write_text("x = 1\n")
    except OSError:
        pytest.skip("this file system has no such names")

    found = read_source(tmp_path, name)

    assert found == SourceFile(name, b"x = 1\n", "x = 1\n", "utf-8")


@pytest.mark.parametrize(
    ("data", "is_problem"),
    [
        (b"x" * 30 + b"vapid" + b"x" * 30, True),
        (b"x" * 7 + b"vapid" + b"x" * 30, True),
        (b"x" * 200, False),
    ],
    ids=["in-one-part", "over-two-parts", "nowhere"],
)
def test_file_that_is_too_large_is_a_problem_if_it_is_of_interest(
    data: bytes, is_problem: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_module, "LARGEST", 40)
    monkeypatch.setattr(source_module, "_CHUNK", 10)
    (tmp_path / "dump.sql").write_bytes(data)

    found = read_source(tmp_path, "dump.sql", mentioning=has_word)

    assert (found is not None) is is_problem
    assert isinstance(read_source(tmp_path, "dump.sql"), Problem)


def test_limit_is_named_where_a_file_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "huge.py").open("wb") as file:
        file.truncate(source_module.LARGEST + 1)

    found = read_source(tmp_path, "huge.py")

    assert found == Problem("huge.py", 1, "VAP902", "is larger than 20 MB: not read")


# Lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "b", ""]),
        ("a\rb\r", ["a", "b", ""]),
        ("a\n\r\n\rb", ["a", "", "", "b"]),
        ("a\r\r\nb", ["a", "", "b"]),
        ("a\x0cb\x0b\x1c\x85\u2028\u2029c\nd", ["a\x0cb\x0b\x1c\x85\u2028\u2029c", "d"]),
    ],
    ids=repr,
)
def test_lines_end_where_pythons_do(text: str, lines: list[str]) -> None:
    found = Lines(text)

    assert [found.text(number + 1) for number in range(len(lines))] == lines
    with pytest.raises(ValueError, match="is outside the text"):
        found.text(len(lines) + 1)


@pytest.mark.parametrize(
    ("offset", "place"),
    [(0, (1, 1)), (1, (1, 2)), (2, (1, 3)), (3, (2, 1)), (4, (2, 2)), (5, (3, 1)), (6, (3, 2))],
)
def test_place_counts_lines_and_characters_from_1(offset: int, place: tuple[int, int]) -> None:
    assert Lines(f"{E_ACUTE}\r\n{EURO}\nx").place(offset) == place


@pytest.mark.parametrize("offset", [-1, 4])
def test_offset_outside_the_text_has_no_place(offset: int) -> None:
    with pytest.raises(ValueError, match=f"offset {offset} is outside the text"):
        Lines("abc").place(offset)


@pytest.mark.parametrize("line", [-1, 0, 3])
def test_line_outside_the_text_has_no_offset(line: int) -> None:
    with pytest.raises(ValueError, match=f"line {line} is outside the text"):
        Lines("a\nb").offset(line, 1)


@given(st.text(alphabet=st.sampled_from("ab\r\n\x0c\x85\u2028é")))
@settings(deadline=None)
def test_place_and_offset_are_each_others_inverse(text: str) -> None:
    lines = Lines(text)

    for offset in range(len(text) + 1):
        line, column = lines.place(offset)
        assert lines.offset(line, column) == offset
        assert column >= 1


@given(st.text(alphabet=st.sampled_from("ab\r\n\x0c\x85\u2028é")))
@settings(deadline=None)
def test_lines_are_what_stands_between_the_ends(text: str) -> None:
    lines = Lines(text)
    last, _ = lines.place(len(text))

    found = [lines.text(number) for number in range(1, last + 1)]

    assert found == re.split("\r\n|\r|\n", text)
