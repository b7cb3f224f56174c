"""Edits made on the tree and by their spans: the same, or the file is left alone."""

from __future__ import annotations

import pytest

from migrator.codemods.apply import migrate_source
from migrator.values import Changed, Edit, Failed, Fix, Outcome, Safety, SourceFile, Span

ADD, HOST, MOVED, ROUTE = Fix.COMPANY_HEADER, Fix.HOST, Fix.MOVED, Fix.NAMESPACE


def migrate(text: str, *changes: tuple[str, str, str, Fix]) -> Outcome:
    """Make changes ``(before, old, new, fix)``: ``old`` stands right behind ``before``."""
    edits = []
    for before, old, new, fix in changes:
        start = text.index(before + old) + len(before)
        span = Span("a.py", start, start + len(old))
        edits.append(Edit(span, old, new, fix, Safety.UNSAFE))
    source = SourceFile("a.py", text.encode(), text, "utf-8")
    return migrate_source(source, sorted(edits, key=lambda edit: edit.span))


@pytest.mark.parametrize(
    ("text", "before", "new", "after"),
    [
        ('f({"a": 1})\n', '"a": 1', ', "b": 2', 'f({"a": 1, "b": 2})\n'),
        ('f({"a": 1})\n', "f({", '"b": 2, ', 'f({"b": 2, "a": 1})\n'),
        ('f({"a": (1)},)\n', "(1)", ', "b": 2', 'f({"a": (1), "b": 2},)\n'),
        ("f({ })\n", "{ ", '"b": 2', 'f({ "b": 2})\n'),
        ("f( )\n", "f( ", "b=2", "f( b=2)\n"),
        ("f(a, *b)\n", "*b", ", c=3", "f(a, *b, c=3)\n"),
        (
            "if x:\n    f(\n        {\n            **a,  # one\n        })\n",
            "**a",
            ',\n            "b": 2',
            'if x:\n    f(\n        {\n            **a,\n            "b": 2,  # one\n        })\n',
        ),
        (
            "if x:\n\tf({\n\t\t'a': 1  # one\n\t})\n",
            "{\n\t\t",
            "'b': 2,\n\t\t",
            "if x:\n\tf({\n\t\t'b': 2,\n\t\t'a': 1  # one\n\t})\n",
        ),
        (
            "if x:\n    f(\n        a,\n        b\n    )\n",
            "        b",
            ",\n        c=3",
            "if x:\n    f(\n        a,\n        b,\n        c=3\n    )\n",
        ),
        ("a = 1\n\n# b\nb = 2\n", "a = 1\n", "c = 3\n", "a = 1\nc = 3\n\n# b\nb = 2\n"),
        ("a = 1\n\n# b\nb = 2\n", "# b\n", "c = 3\n\n", "a = 1\n\n# b\nc = 3\n\nb = 2\n"),
        ('"""D."""\na = 1\n', '"""\n', "\nimport b\n\n", '"""D."""\n\nimport b\n\na = 1\n'),
        (
            "with a as b:\n    # one\n    @c\n    def d(): pass\n",
            "# one\n",
            "    b.e = 1\n",
            "with a as b:\n    # one\n    b.e = 1\n    @c\n    def d(): pass\n",
        ),
        ("if a:\n    b\nc\n", "b\n", "    d\n", "if a:\n    b\n    d\nc\n"),
        ("if a:\n    b\nc\n", "b\n", "d\n", "if a:\n    b\nd\nc\n"),
        ("if a:\n    b\n    # e\nc\n", "b\n", "    d\n", "if a:\n    b\n    d\n    # e\nc\n"),
        ("a = 1; b = 2  # one\r\nc\r\n", "one\r\n", "d\r\n", "a = 1; b = 2  # one\r\nd\r\nc\r\n"),
        ("a\rb\r", "a\r", "c\r", "a\rc\rb\r"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_node_is_added_as_the_text_says(text: str, before: str, new: str, after: str) -> None:
    outcome = migrate(text, (before, "", new, ADD))

    assert isinstance(outcome, Changed), outcome
    assert outcome.text == after


def test_edits_of_all_kinds_at_one_call_compose() -> None:
    text = 'import requests\nrequests.post("https://app.procore.com/vapid/a/b")\n'

    outcome = migrate(
        text,
        ("", "", "import os\n", ADD),
        ("requests.", "post", "patch", MOVED),
        ("//", "app.procore.com", "api.procore.com", HOST),
        ("/", "vapid", "rest/v1.0", ROUTE),
        ("/a/", "b", "c/d", MOVED),
        ('b"', "", ', headers={"e": os.f}', ADD),
    )

    assert isinstance(outcome, Changed), outcome
    assert outcome.text == (
        "import os\nimport requests\n"
        'requests.patch("https://api.procore.com/rest/v1.0/a/c/d", headers={"e": os.f})\n'
    )


@pytest.mark.parametrize(
    ("text", "change"),
    [
        pytest.param("f('an.app.procore.com')\n", ("an.a", "pp", "pi", HOST), id="half a host"),
        pytest.param("f(app.procore)\n", ("f(", "app", "api", HOST), id="a host that is a name"),
        pytest.param("f({'a': 1})\n", ("'a'", ": 1", ": 2", ADD), id="a header that replaces"),
        pytest.param("f([1])\n", ("[1", "", ", 2", ADD), id="an element of a list"),
        pytest.param("a = 1\n", ("a ", "", "b\n", ADD), id="a line inside of one"),
        pytest.param("a.post = 1\n", ("a.", "post", "patch", MOVED), id="a verb that is no call"),
        pytest.param("f(post)\n", ("f(", "post", "patch", MOVED), id="a verb that is handed over"),
        pytest.param("f({})\n", ("{", "", '"a": )', ADD), id="what is no entry"),
        pytest.param("f(a)\n", ("f(a", "", ", b c", ADD), id="what is no argument"),
        pytest.param("f(a)\n", ("f(a", "", ", b, c", ADD), id="two arguments"),
        pytest.param("a\nb\n", ("a\n", "", "c d\n", ADD), id="what is no line"),
    ],
)
def test_edit_that_the_codemod_of_its_kind_does_not_make_is_a_failure(
    text: str, change: tuple[str, str, str, Fix]
) -> None:
    assert isinstance(migrate(text, change), Failed)
