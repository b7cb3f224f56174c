"""Notebooks as programs: what is read of them, where each character stands, what is proved."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.codemods.apply import migrate_source
from migrator.codemods.notebook import migrate_notebook
from migrator.codemods.splice import splice
from migrator.notebook.document import read_document
from migrator.notebook.locate import Locator
from migrator.notebook.magics import read_code
from migrator.notebook.passage import Passage, join_passages, make_up, read_passage
from migrator.notebook.program import Kind, Notebook, open_notebook, read_notebook
from migrator.prefilter import mentions
from migrator.values import (
    Changed,
    Edit,
    Failed,
    Finding,
    Fix,
    Outcome,
    Problem,
    Safety,
    SourceFile,
    Span,
)

URL = "https://api.procore.com/vapid/me"


def code(source: object, **others: object) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": [], "metadata": {}} | others


def document(*cells: object, **others: object) -> dict[str, Any]:
    return {"cells": [*cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | others


def source_of(text: str) -> SourceFile:
    return SourceFile("a.ipynb", text.encode("utf-8", "surrogatepass"), text, "utf-8")


def read(*cells: object, **others: object) -> Notebook:
    return read_notebook(source_of(json.dumps(document(*cells, **others))))


def edit_of(start: int, end: int, old: str, new: str) -> Edit:
    return Edit(Span("a.ipynb", start, end), old, new, Fix.NAMESPACE, Safety.SAFE)


# Where characters stand


@st.composite
def spellings(draw: st.DrawFn) -> tuple[list[str], str]:
    """Return sources and a notebook of code cells that spells them in one writer's way."""
    texts = draw(st.lists(st.text(st.characters(codec=None)) | st.text("\\/\"'\n\u00e9x🏗")))
    lines = [text.splitlines(keepends=True) for text in texts]
    cells = [code(draw(st.sampled_from([*pair]))) for pair in zip(texts, lines, strict=True)]
    indent = draw(st.sampled_from([None, 1, "\t"]))
    text = json.dumps(document(*cells), indent=indent, ensure_ascii=draw(st.booleans()))
    if draw(st.booleans()):
        text = text.replace("/", "\\/")
    # Two halves of a surrogate pair, side by side and escaped, are read as one character.
    read = ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
    return read, text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@given(spellings())
def test_each_character_of_a_source_is_found_in_the_file(spelled: tuple[list[str], str]) -> None:
    texts, text = spelled

    cells = read_document(text).cells

    assert [cell.source.text for cell in cells if cell.source] == texts
    for source in (cell.source for cell in cells if cell.source):
        for number, character in enumerate(source.text):
            [(start, end)] = source.spans(number, number + 1)
            assert json.loads(f'"{text[start:end]}"') == character
            assert source.place(number) == start
            assert {source.offset(place) for place in range(start, end)} == {number}


@given(spellings())
def test_each_character_of_a_program_is_found_in_the_file_or_made_up(
    spelled: tuple[list[str], str],
) -> None:
    _, text = spelled
    notebook = read_notebook(source_of(text))

    for number, character in enumerate(notebook.text):
        spans = notebook.program.spans(number, number + 1)
        assert [json.loads(f'"{text[a:b]}"') for a, b in spans] in ([character], [])
        if not spans:
            assert character in "pass\nNone"


@given(
    st.lists(st.text(st.characters(codec="utf-8")), min_size=1),
    st.data(),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_edit_of_the_program_is_the_same_edit_of_the_file(
    texts: list[str], data: st.DataObject, indent: int | None, ascii_only: bool
) -> None:
    cells = [code(f"x = {text!r}\ny = '\\\nab'\n".splitlines(keepends=True)) for text in texts]
    source = source_of(json.dumps(document(*cells), indent=indent, ensure_ascii=ascii_only))
    notebook = read_notebook(source)
    # In one of the literals, a backslash and the end of the line stay together.
    literals = [match.end() for match in re.finditer("(?m)^y = '", notebook.text)]
    literal = data.draw(st.sampled_from(literals))
    start = literal + data.draw(st.sampled_from([0, 2, 3, 4]))
    end = data.draw(st.integers(max(start, literal + 2), literal + 4))
    new = data.draw(st.sampled_from(["rest/v1.0", r"\\x", "é", ""]))
    wanted = edit_of(start, end, notebook.text[start:end], new)

    finding = Finding("a.ipynb", 1, 1, 1, 1, "", "", Safety.SAFE, "", edits=(wanted,))
    edits = Locator([notebook]).finding(finding).edits
    outcome = migrate_source(source, edits)

    assert isinstance(outcome, Changed)
    expected = splice(notebook.text, [wanted])
    assert read_notebook(replace(source, text=outcome.text)).text == expected


def test_passage_is_cut_and_joined_with_its_places() -> None:
    text = r'"a\u00e9b" "c"'
    passage = join_passages(
        [read_passage(text, 1, 9), make_up("--", 9), read_passage(text, 12, 13)]
    )

    assert passage.text == "aéb--c"
    assert passage.spans(0, 6) == [(1, 9), (12, 13)]
    assert passage.cut(1, 2).spans(0, 1) == [(2, 8)]
    assert passage.cut(2).text == "b--c"
    assert passage.cut(3, 3) == Passage()
    assert [passage.place(number) for number in range(7)] == [1, 2, 8, 9, 9, 12, 13]
    assert [passage.offset(place) for place in (0, 1, 5, 8, 9, 10, 12, 13)] == [
        *(None, 0, 1, 2, None, None, 5, None)
    ]


# What is no Python

LINES = {
    "plain": ("x = 1\ny = x % 2", "x = 1\ny = x % 2", []),
    "empty": ("", "", []),
    "line magic": ("%matplotlib inline\nx = 1", "pass\nx = 1", ["%matplotlib inline"]),
    "indented": ("if a:\n    !ls\nelse:\n    b()", "if a:\n    pass\nelse:\n    b()", ["!ls"]),
    "continued": ("!curl \\\n  -X \\\n  url\nx = 1", "pass\nx = 1", ["!curl \\\n  -X \\\n  url"]),
    "crlf": ("!a\r\n!b\r\nx = 1", "pass\r\npass\r\nx = 1", ["!a", "!b"]),
    "two signs": ("!!ls", "pass", ["!!ls"]),
    "assigned": ("x = !ls\ny = 1", "x = None\ny = 1", ["!ls"]),
    "several assigned": ("a, b.c[0] = %sql SELECT", "a, b.c[0] = None", ["%sql SELECT"]),
    "annotated": ("x: list = !ls", "x: list = None", ["!ls"]),
    "help": ("x?\nx.y??\n?z\nf(  # why?\n)", "pass\npass\npass\nf(  # why?\n)", []),
    "automatic call": (",f a b\n;f a b\n/f a", "pass\npass\npass", [",f a b", ";f a b", "/f a"]),
    "statement of a magic": ("%time x = f()", "x = f()", []),
    "value of a magic": ("x = %time f()", "x = f()", []),
    "options of a magic": ("%timeit -n 10 -r3 -o f(1)", "f(1)", []),
    "options without statement": ("%timeit -n", "pass", ["%timeit -n"]),
    "statement that is none": ("%time ls a b", "pass", ["%time ls a b"]),
    "sign in brackets": ("!a\nf(1\n  %b)", "pass\nf(1\n  %b)", ["!a"]),
    "sign in a string": ("!a\nx = '''\n!b\n%c\n'''", "pass\nx = '''\n!b\n%c\n'''", ["!a"]),
    "sign in a format": ("!a\nf('a=%s' % b)", "pass\nf('a=%s' % b)", ["!a"]),
    "sign behind a backslash": ("!a\nx = 5 \\\n%b", "pass\nx = 5 \\\n%b", ["!a"]),
    "comparison": ("!a\nx != y\nx == (not y)", "pass\nx != y\nx == (not y)", ["!a"]),
    "script": ("%run lib/client.py", "from lib.client import *", []),
    "script with arguments": ("%run a.py -x", "pass", ["%run a.py -x"]),
    "without its sign": ("pip install x", "pass", ["pip install x"]),
    "name like a magic": ("ls = 1\nls", "ls = 1\nls", []),
    "cell magic of Python": ("%%time\nx = 1", "x = 1", []),
    "cell magics of Python": ("\n%%capture out\n%%time\n!ls\nx = 1", "pass\nx = 1", ["!ls"]),
    "line of a cell magic": ("%%timeit x = 1\nf(x)", "x = 1\nf(x)", []),
    "options of a cell magic": ("%%timeit -n 3\nf(x)", "f(x)", []),
    "shell": ("%%bash\nls\n", "", ["%%bash\nls\n"]),
    "shell in a measured cell": ("%%time\n%%bash\nls", "", ["%%bash\nls"]),
    "cell for the system": ("%%!\nls", "", ["%%!\nls"]),
    "no body": ("%%html", "", ["%%html"]),
    "language of a cell": ("%sql\nSELECT", "", ["%sql\nSELECT"]),
    "indentation": ("  a = 1\n  if a:\n    b()\n", "a = 1\nif a:\n  b()\n", []),
    "prompts": (">>> a = 1\n>>> if a:\n...     b()", "a = 1\nif a:\n    b()", []),
    "numbered prompts": ("In [1]: a = 1\n   ...: b = 2", "a = 1\nb = 2", []),
}


@pytest.mark.parametrize("name", LINES)
def test_what_is_not_python_is_left_out(name: str) -> None:
    cell, program, commands = LINES[name]

    found = read_code(read_passage(json.dumps(cell), 1, len(json.dumps(cell)) - 1))

    assert found.program.text == program
    assert [command.text for command in found.commands] == commands


@pytest.mark.parametrize(
    ("others", "cell", "is_python"),
    [
        pytest.param({}, {}, True, id="nothing"),
        pytest.param({"metadata": None}, {}, True, id="no metadata"),
        pytest.param({"metadata": {"kernelspec": {"language": "python"}}}, {}, True, id="python"),
        pytest.param({"metadata": {"kernelspec": {"language": "R"}}}, {}, False, id="r"),
        pytest.param({"metadata": {"kernelspec": {"name": "julia-1.9"}}}, {}, False, id="julia"),
        pytest.param({"metadata": {"kernelspec": {"name": "my-env"}}}, {}, True, id="environment"),
        pytest.param({"metadata": {"language_info": {"name": "ipython"}}}, {}, True, id="ipython"),
        pytest.param({"metadata": {"language_info": {"name": "scala"}}}, {}, False, id="scala"),
        pytest.param({"metadata": {"kernelspec": {"language": "sage"}}}, {}, True, id="sage"),
        pytest.param({}, {"language": "bash"}, False, id="cell of bash"),
        pytest.param({}, {"metadata": {"vscode": {"languageId": "sql"}}}, False, id="cell of sql"),
        pytest.param({"metadata": {"kernelspec": {"language": "R"}}},
                     {"metadata": {"vscode": {"languageId": "python"}}}, True, id="cell of python"),
    ],
)  # fmt: skip
def test_language_is_that_of_the_cell_or_of_the_kernel(
    others: dict[str, Any], cell: dict[str, Any], is_python: bool
) -> None:
    notebook = read(code("x = 1", **cell), **others)

    assert notebook.text == ("x = 1\n" if is_python else "")
    assert [aside.kind for aside in notebook.asides] == [] if is_python else [Kind.COMMAND]


def test_cells_are_one_program_in_their_order() -> None:
    notebook = read(
        code("a = 1"),
        {"cell_type": "markdown", "source": "b"},
        code(["c = 1\n", "d = 1\n"]),
        code("  \n"),
        {"cell_type": "raw"},
        code("%%latex\ne"),
    )

    assert notebook.text == "a = 1\nc = 1\nd = 1\n"
    assert [(aside.kind, aside.passage.text) for aside in notebook.asides] == [
        (Kind.PROSE, "b"),
        (Kind.PROSE, "%%latex\ne"),
    ]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("x = (", "cell 1, line 1: cannot be parsed: "),
        ("x = 1\nif x:\n", "cell 1, line 2: cannot be parsed: "),
        ("!ls\nprint 'x'", "cell 1, line 2: cannot be parsed: looks like Python 2 (a print"),
        ("x = '\ud800'", "cell 1, line 1: cannot be parsed: it holds half of a pair of surrogates"),
        ("x = 1\n#\0", "cell 1, line 2: cannot be parsed: it holds a NUL character"),
        ("(" * 600, "cell 1, line 1: cannot be parsed: its brackets are nested more than 500 deep"),
        (f"x = '{'(' * 600}'", "cell 1, line 1: cannot be parsed: its brackets are nested more"),
        (5, "cell 1: its source is not text"),
        (["x = 1\n", None], "cell 1: its source is not text"),
    ],
)  # fmt: skip
def test_cell_that_is_not_python_is_a_problem_of_its_own(cell: object, message: str) -> None:
    notebook = read(code(cell), code("y = 1"))

    assert notebook.text == "y = 1\n"
    [problem] = notebook.problems
    assert (problem.path, problem.code) == ("a.ipynb", "VAP900")
    assert problem.message.startswith(message)


@pytest.mark.parametrize("cell", [1, None, [], "x", {}, {"cell_type": 1}])
def test_cell_that_is_none_is_a_problem(cell: object) -> None:
    text = json.dumps(document(cell, code("y = 1")), indent=1)

    notebook = read_notebook(source_of(text))

    assert notebook.text == "y = 1\n"
    [problem] = notebook.problems
    assert problem.line == 3
    assert problem.message in {"cell 1: it is not an object", "cell 1: it has no type"}


NO_NOTEBOOKS = {
    "nothing": ("", 1, "it is not JSON, expecting value at column 1: correct it"),
    "python": ("import requests\n", 1, "it is not JSON, expecting value at column 1"),
    "cut": ('{"cells": [\n{"cell_type": "code",', 2, "it is not JSON, expecting"),
    "more behind it": ('{"cells": []}\n}', 2, "it is not JSON, extra data at column 1"),
    "no colon": ('{"cells" []}', 1, "it is not JSON, expecting ':' delimiter at column 10"),
    "no comma": ('{"cells": [{} {}]}', 1, "it is not JSON, expecting ',' delimiter at column 15"),
    "no name": ("{cells: []}", 1, "it is not JSON, expecting property name"),
    "control character": ('{"cells": [{"source": "a\tb"}]}', 1, "it is not JSON, invalid control"),
    "escape": ('{"cells": [{"source": "\\x41"}]}', 1, "it is not JSON, invalid \\escape"),
    "conflict": ('{\n<<<<<<< HEAD\n"cells": []}', 2, "a merge conflict is left in it: resolve it"),
    "list": ("[]", 1, "it is JSON, but no notebook: it has no list of cells"),
    "text": ('"cells"', 1, "it is JSON, but no notebook"),
    "no cells": ("{}", 1, "it is JSON, but no notebook"),
    "cells that are none": ('{"cells": {"a": 1}}', 1, "it is JSON, but no notebook"),
    "deep": ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", 1, "its lists are nested too deeply"),
}


@pytest.mark.parametrize("name", NO_NOTEBOOKS)
def test_what_is_no_notebook_is_a_problem(name: str) -> None:
    text, line, message = NO_NOTEBOOKS[name]

    problem = open_notebook(source_of(text))

    assert isinstance(problem, Problem)
    assert (problem.line, problem.code) == (line, "VAP900")
    assert problem.message.startswith(f"cannot be parsed: {message}")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"cells": [], "cells": [CELL]}', id="member twice"),
        pytest.param('{"cells": [CELL], "a": [NaN, -Infinity, 1e999]}', id="no numbers"),
        pytest.param('{"cells": [CELL], "a": ' + "9" * 10_000 + "}", id="huge number"),
        pytest.param('{"cells": [CELL], "a": "\\ud800"}', id="half of a pair"),
        pytest.param(' \t\r\n{"cells": [CELL]}\n\n', id="white space"),
        pytest.param('{"worksheets": [{}, 1, {"cells": 1}, {"cells": [CELL]}]}', id="worksheets"),
    ],
)
def test_odd_notebook_is_read_and_rewritten(text: str) -> None:
    text = text.replace("CELL", '{"cell_type": "code", "source": "x", "source": "x = \'vapid\'"}')
    source = source_of(text)
    start = text.index("vapid")

    outcome = migrate_source(source, [edit_of(start, start + 5, "vapid", "rest")])

    assert read_notebook(source).text == "x = 'vapid'\n"
    assert isinstance(outcome, Changed)
    assert outcome.text == text.replace("vapid", "rest")


def test_file_that_is_no_notebook_is_left_as_it_is() -> None:
    source = SourceFile("a.py", b"x", "x", "utf-8")

    assert open_notebook(source) is source
    assert open_notebook(None) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('BASE = "/va" "pid"', True),
        ("BASE = '/vap' \"id\"", True),
        ('BASE = "\\x76apid"', True),
        ('BASE = "/va" "lid"', False),
    ],
)
def test_notebook_that_spells_the_namespace_is_looked_at(source: str, expected: bool) -> None:
    assert mentions(json.dumps(document(code(source))).encode()) is expected


# Proof

PROVED = source_of(json.dumps(document(code(["a = 'vapid'\n", "b = 1"], outputs=["vapid"]))))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param("rest", "x", "not where the plan expects it", id="another text"),
        pytest.param("vapid", '"', "not spelled as in JSON", id="quote"),
        pytest.param("vapid", '", "source": "x', "not spelled as in JSON", id="member"),
        pytest.param("vapid", "'", "cannot be parsed", id="quote of Python"),
        pytest.param("b = 1", "c = 1", "differs from the planned text", id="no literal"),
        pytest.param('["vapid"]', "[]", "more than the source of its cells", id="output"),
        pytest.param('"b = 1"', "1", "more than the source of its cells", id="text of a source"),
        pytest.param('\\n", "', "\\n", "more than the source of its cells", id="two texts"),
    ],
)
def test_edit_that_goes_wrong_fails(old: str, new: str, reason: str) -> None:
    start = max(PROVED.text.find(old), 0)

    outcome = migrate_source(PROVED, [edit_of(start, start + len(old), old, new)])

    assert isinstance(outcome, Failed)
    assert reason in outcome.reason


def test_edit_that_breaks_the_document_fails() -> None:
    start = PROVED.text.index("[")

    outcome = migrate_source(PROVED, [edit_of(start, start + 1, "[", "")])

    assert isinstance(outcome, Failed)
    assert outcome.reason.startswith("cannot be parsed: it is not JSON")


def test_edit_that_breaks_a_cell_fails() -> None:
    source = source_of(json.dumps(document(code("!ls vapid"))))
    start = source.text.index("!")

    outcome = migrate_source(source, [edit_of(start, start + 1, "!", "ls")])

    assert isinstance(outcome, Failed)
    assert outcome.reason == "its program differs from the rewritten one"


def test_program_that_is_rewritten_in_another_way_fails() -> None:
    start = PROVED.text.index("vapid")

    def rewrite(source: SourceFile, _: object) -> Outcome:
        return Changed(source, b"", "a = 'other'\nb = 1\n")

    outcome = migrate_notebook(PROVED, [edit_of(start, start + 5, "vapid", "rest")], rewrite)

    assert outcome == Failed("a.ipynb", "its program differs from the rewritten one")


def test_edit_of_two_texts_of_a_source_fails_where_the_cell_would_differ() -> None:
    start = PROVED.text.index("= 'vapid")

    outcome = migrate_source(PROVED, [edit_of(start, start, "", "\\n")])

    assert isinstance(outcome, Failed)
