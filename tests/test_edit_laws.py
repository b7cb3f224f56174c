"""Whatever is planned for whatever source: an edit is made to the byte, or the file is spared."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.codemods.apply import migrate_source
from migrator.source import decode_source
from migrator.values import Changed, Edit, Failed, Fix, Safety, SourceFile, Span

CASES = Path(__file__).parent / "cases"
SOURCES = sorted(CASES.glob("rewrite/*/before/*.py")) + sorted(CASES.glob("follow/*/*.py"))
WORDS = st.one_of(
    st.sampled_from(["rest/v1.0", "", "{", "}", "{{", "\\", "\\n", '"', "'", '"""', "\n", "\r\n"]),
    st.sampled_from(["\\x2f", "\\N{DIGIT ONE}", "\\N{none}", "é", "\u2028", "\x0c", "\0", "😀"]),
    st.text(max_size=8),
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[SourceFile, list[Edit]]:
    """A source of the cases, laid out otherwise, and edits of any places in it."""
    text = draw(st.sampled_from(SOURCES)).read_bytes().decode("utf-8", "ignore")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if draw(st.booleans()):
        text = text.rstrip("\n")
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    mark = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    source = decode_source("a.py", mark + text.encode())
    if not isinstance(source, SourceFile):
        source = SourceFile("a.py", b"a = '/vapid'\n", "a = '/vapid'\n", "utf-8")
    spans = [*strings_of(source.text), (0, len(source.text))]
    edits: list[Edit] = []
    for _ in range(draw(st.integers(0, 3))):
        start, end = draw(st.sampled_from(spans))
        low = draw(st.integers(start, end))
        high = draw(st.integers(low, min(end, low + 12)))
        if not edits or edits[-1].span.end <= low:
            span = Span("a.py", low, high)
            new = draw(WORDS)
            edits.append(Edit(span, source.text[low:high], new, Fix.NAMESPACE, Safety.SAFE))
    return source, edits


def strings_of(text: str) -> list[tuple[int, int]]:
    """Return the spans of string tokens, as far as the text can be told apart."""
    starts = [0]
    for line in io.StringIO(text, newline=""):
        starts.append(starts[-1] + len(line))
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text, newline="").readline):
            if token.type == tokenize.STRING:
                (row, column), (last, end) = token.start, token.end
                found.append((starts[row - 1] + column, starts[last - 1] + end))
    except (tokenize.TokenError, SyntaxError):
        pass
    return found


def shape_of(text: str) -> list[str]:
    """Return the program without what its strings spell."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nodes = ast.walk(ast.parse(text))
    return [
        type(node).__name__
        for node in nodes
        if not isinstance(node, (ast.Constant, ast.JoinedStr, ast.expr_context))
    ]


@pytest.mark.once
@settings(max_examples=400)
@given(plans())
def test_edit_is_made_to_the_byte_or_the_file_is_spared(
    plan: tuple[SourceFile, list[Edit]],
) -> None:
    source, edits = plan

    outcome = migrate_source(source, edits)

    if isinstance(outcome, Failed):
        assert outcome.reason
        return
    assert isinstance(outcome, Changed)
    parts, position = [source.bom], 0
    for edit in edits:
        parts += [source.text[position : edit.span.start].encode(), edit.new.encode()]
        position = edit.span.end
    parts.append(source.text[position:].encode())
    assert outcome.after == b"".join(parts)
    assert shape_of(outcome.text) == shape_of(source.text)
    again = decode_source("a.py", outcome.after)
    assert isinstance(again, SourceFile)
    assert (again.text, again.bom, again.encoding) == (outcome.text, source.bom, source.encoding)


@settings(max_examples=60)
@given(plans())
def test_edit_is_made_once(plan: tuple[SourceFile, list[Edit]]) -> None:
    source, edits = plan
    outcome = migrate_source(source, edits)
    if not isinstance(outcome, Changed) or not any(edit.old != edit.new for edit in edits):
        return
    after = SourceFile("a.py", outcome.after, outcome.text, source.encoding, source.bom)

    nothing = migrate_source(after, [])

    assert isinstance(nothing, Changed)
    assert nothing.after == outcome.after
