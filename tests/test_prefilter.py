"""Telling from bytes which files can spell the namespace: none too few, and hardly one too many."""

from __future__ import annotations

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from migrator.prefilter import may_send, mentions, mentions_in
from migrator.program.module import Module
from migrator.program.project import Project
from migrator.program.seeds import spells_namespace
from migrator.values import SourceFile

SPELLED = {
    "word": '"/vapid/me"',
    "word-in-a-comment": "# vapid: ignore",
    "slash-before-the-head": 'BASE = "https://x/va" "pid/me"',
    "head-alone": "A, B = 'va', 'pid'",
    "other-order": "B, A = 'pid/me', '/va'",
    "field-behind-the-head": 'f"/va{end}"; end = "pid/me"',
    "field-before-the-head": "f'{slash}vap' 'id'",
    "field-before-the-tail": "'/vap' f'{nothing}id'",
    "triple-quotes": 'A = """/va"""; B = """pid"""',
    "lone-letter-and-a-slash": "A = '/x/v' 'apid'",
    "lone-letter-and-more-text": "A = 'vapi' 'd/me'",
    "lone-letter-and-a-quote": "A = 'vapi' 'd\"'",
    "lone-letter-and-a-brace": "A = 'vapi' 'd{x}'",
    "hex": r'"/\x76apid"',
    "octal": r'"/v\141pid"',
    "unicode": r'"/va\u0070id"',
    "long-unicode": r'"/vap\U00000069d"',
    "name-of-a-letter": r'"/vapi\N{Latin Small Letter D}"',
    "escapes-only": r'"\57\166\x61\160\u0069\x64"',
    "slash-in-hex": r'A = "x\x2fvapi" "d"',
    "slash-in-hex-of-capitals": r'A = "x\x2Fvapi" "d"',
    "slash-in-octal": r'A = "x\57vapi" "d"',
    "slash-by-its-name": r'A = "x\N{SOLIDUS}vapi" "d"',
    "escape-in-the-head": r'A = "v\x61" "pid"',
    "escape-in-the-tail": r'A = "/va" "p\x69d"',
    "tail-before-a-backslash": r'A = "/va"; B = "p\x69d\\x76"',
    "raw-tail": r'A = "/va"; B = r"pid\x61"',
    "continued-line": '"/va\\\npid"',
    "continued-line-with-a-return": '"/va\\\r\npid"',
    "continued-line-of-an-old-mac": '"/va\\\rpid"',
    "head-continued": 'A = "/v\\\na" "pid"',
    "head-after-a-continued-line": 'A = """\\\nva""" "pid"',
    "tail-after-a-continued-line": 'A = "/va"; B = """\\\npid"""',
}
OTHER = {
    "nothing": "",
    "java-and-pid": 'LANGUAGES = {"java": 1}; status["pid"]',
    "file-suffix": "'x.va'; 'pid'",
    "head-only": "'/va' 'lid'",
    "tail-only": "'pid'",
    "longer-tail": "'/va'; 'pidfile'; 'pid-file'; 'pid_t'",
    "tail-inside": "'/va'; 'the pid'; pid",
    "lone-head": "options = '-v', 'v'; 'apid'",
    "lone-tail": "SUFFIXES = ['vapi', 'd']",
    "letters-escaped": r'"\x76\x61\x6c\x69\x64"',
    "other-escapes": r'"\x1b[0m\u00e9\N{BULLET}\057"',
    "upper-case": "'VAPID'",
}


@pytest.mark.parametrize("code", SPELLED.values(), ids=SPELLED)
def test_file_that_spells_the_namespace_is_seen(code: str) -> None:
    assert mentions(code.encode())


@pytest.mark.parametrize("code", OTHER.values(), ids=OTHER)
def test_file_that_does_not_is_left_alone(code: str) -> None:
    assert not mentions(code.encode())


@pytest.mark.parametrize("code", SPELLED.values(), ids=SPELLED)
def test_notebook_that_spells_the_namespace_is_seen(code: str) -> None:
    lines = code.splitlines(keepends=True)

    assert mentions(json.dumps({"source": lines}, indent=1).encode())
    assert mentions(json.dumps({"source": "".join(lines)}).replace("/", r"\/").encode())


@pytest.mark.parametrize("name", sorted(OTHER.keys() - {"lone-head", "lone-tail"}))
def test_notebook_that_does_not_is_left_alone(name: str) -> None:
    assert not mentions(json.dumps({"source": OTHER[name]}).encode())


def test_quotes_of_a_notebook_may_be_escaped() -> None:
    assert mentions(rb'{"source": "A = \u0022/va\u0022 \u0022pid\u0022"}')


@pytest.mark.parametrize("code", SPELLED.values(), ids=SPELLED)
def test_only_what_stands_before_the_end_counts(code: str) -> None:
    data = code.encode()

    assert mentions(bytearray(data + b"\n'vapid'"), len(data))
    assert not mentions(bytearray(b"x" + data), 1)
    assert not may_send(bytearray(b"procore.com"), 9)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-32-le"])
def test_wide_text_is_seen(encoding: str) -> None:
    assert mentions_in('A = "/va" "pid"'.encode(encoding), mentions)
    assert not mentions_in("A = 'valid'".encode(encoding), mentions)


# Laws

TEXTS = st.sampled_from(
    ["v", "va", "vap", "vapi", "vapid", "d", "id", "pid", "apid", "x", "/", "-", "_", ".", " "]
)
ESCAPES = (r"\x%02x", r"\u%04x", r"\U%08x", r"\%03o", r"\%o")
QUOTES = st.sampled_from(["'", '"', "'''", '"""'])
JOINTS = st.sampled_from(["\\\n", "\\\r\n", "{{", "}}", "{x}", "{x}{y}", r"\t", r"\'", r"\"", "\\"])


@st.composite
def letters(draw: st.DrawFn) -> str:
    """Return some text of a literal, a part of which may be escaped."""
    text = draw(TEXTS)
    escape = draw(st.sampled_from(ESCAPES))
    return "".join(escape % ord(each) if draw(st.integers(0, 5)) == 0 else each for each in text)


@st.composite
def literals(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.one_of(letters(), letters(), JOINTS), min_size=1, max_size=4))
    prefix, quote = draw(st.sampled_from(["", "", "f", "f", "b", "r", "rf"])), draw(QUOTES)
    return f"{prefix}{quote}{''.join(parts)}{quote}"


def module_of(code: str) -> Module | None:
    source = SourceFile("a.py", code.encode(), code, "utf-8")
    return Project({"a.py": code}, lambda _: source).module("a.py")


@pytest.mark.once
@given(st.lists(literals(), min_size=1, max_size=3))
@settings(deadline=None, max_examples=400)
def test_whatever_spells_the_namespace_in_a_tree_is_seen_in_the_bytes(found: list[str]) -> None:
    code = "".join(f"x{number} = {each}\n" for number, each in enumerate(found))
    module = module_of(code)
    assume(module is not None)

    assert module is not None
    if spells_namespace(module, rest=False):
        assert may_send(code.encode())
        assert may_send(bytearray(code.encode() + b"\0" * 9), len(code.encode()))
