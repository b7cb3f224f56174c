"""Plans that are wrong on purpose: the file is left alone, whatever else they would do to it."""

from __future__ import annotations

import codecs
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from migrator.codemods.apply import migrate_source
from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.rewriting import UNSETTLED, migrate_files, plan_again
from migrator.source import decode_file
from migrator.values import (
    Changed,
    Edit,
    Failed,
    Fix,
    Outcome,
    Safety,
    Scan,
    SourceFile,
    Span,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

URL = 'import requests\n\n\ndef f():\n    # see /vapid/me\n    requests.get("https://api.procore.com/vapid/me")\n'
ELSEWHERE = "the text to replace is not where the plan expects it"
OTHER_TREE = "its syntax tree would differ in more than was planned"
NO_CODEMOD = "the rewritten syntax tree differs from the planned text"
OTHER_DATA = "it would load to other data"
LINE_ENDS = "its line ends would change"


def read(path: str, data: bytes) -> SourceFile:
    source = decode_file(path, data)
    assert isinstance(source, SourceFile)
    return source


def edit(source: SourceFile, old: str, new: str, fix: Fix = Fix.NAMESPACE, *, at: int = -1) -> Edit:
    """Replace the last ``old`` of a text, or claim that it stands elsewhere."""
    start = source.text.rindex(old) if at < 0 else at
    return Edit(Span(source.path, start, start + len(old)), old, new, fix, Safety.SAFE)


def migrate(path: str, text: str, old: str, new: str, fix: Fix = Fix.NAMESPACE) -> Outcome:
    source = read(path, text.encode())
    return migrate_source(source, [edit(source, old, new, fix)])


def reason(outcome: Outcome) -> str:
    assert isinstance(outcome, Failed), outcome
    return outcome.reason


def test_plan_that_is_right_is_made() -> None:
    outcome = migrate("a.py", URL, "vapid", "rest/v1.0")

    assert isinstance(outcome, Changed)
    assert outcome.text == URL.replace("com/vapid", "com/rest/v1.0")


@pytest.mark.parametrize("off", [-1, 1, -6, 6, 10_000])
def test_span_that_is_off_is_refused(off: int) -> None:
    source = read("a.py", URL.encode())
    right = URL.rindex("vapid")

    outcome = migrate_source(source, [edit(source, "vapid", "rest/v1.0", at=right + off)])

    assert reason(outcome) == ELSEWHERE


@pytest.mark.parametrize("path", ["a.py", "a.yaml", "a.txt"])
def test_spans_that_overlap_are_refused(path: str) -> None:
    source = read(path, b"a: 'x/vapid/me'\n")
    edits = [edit(source, "x/vapid", "x/rest/v1.0"), edit(source, "vapid", "rest/v1.0")]

    assert reason(migrate_source(source, edits)) == ELSEWHERE


def test_edits_out_of_order_are_refused() -> None:
    source = read("a.py", b'a = "/vapid/"\nb = "/vapid/"\n')
    edits = [edit(source, "vapid", "rest"), edit(source, "vapid", "rest", at=6)]

    assert reason(migrate_source(source, edits)) == ELSEWHERE
    assert isinstance(migrate_source(source, edits[::-1]), Changed)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        pytest.param("vapid", 'rest"', "cannot be parsed", id="a quote"),
        pytest.param("vapid", "rest\n", "cannot be parsed", id="a line end"),
        pytest.param("vapid", 'a" + b + "', OTHER_TREE, id="an operator"),
        pytest.param("vapid", 'a" "b', OTHER_TREE, id="another literal"),
        pytest.param("vapid", 'a", "b', OTHER_TREE, id="another argument"),
        pytest.param("vapid", 'a") or f("', OTHER_TREE, id="another call"),
        pytest.param("vapid", 'a")\n    f("', OTHER_TREE, id="another statement"),
        pytest.param("vapid", 'a")  # ', OTHER_TREE, id="a comment"),
        pytest.param("/vapid/me", "\\N{nothing of that name}", "Python would not", id="an escape"),
        pytest.param("requests", "httpx", NO_CODEMOD, id="a name"),
        pytest.param("get", "post", NO_CODEMOD, id="a method"),
        pytest.param("f()", "g()", NO_CODEMOD, id="a definition"),
        pytest.param("    requests", "        requests", NO_CODEMOD, id="an indentation"),
        pytest.param('get("h', 'get(r"h', NO_CODEMOD, id="a prefix"),
    ],
)
def test_edit_that_changes_other_nodes_than_a_literal_is_refused(
    old: str, new: str, why: str
) -> None:
    assert why in reason(migrate("a.py", URL, old, new))


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        pytest.param('a = f"/vapid/{b}"\n', "vapid", "{c}", id="a field of an f-string"),
        pytest.param('a = f"/vapid/{b}"\n', "vapid", '{f"{c}"}', id="an f-string in one"),
        pytest.param('a = f"/vapid/{b:>9}"\n', ">9", "{c}", id="a field of a format"),
        pytest.param('a = """\n/vapid/\n"""\n', "vapid", 'b"""\nc = """', id="a statement"),
        pytest.param("a = 1  # /vapid/me\n", "vapid", "a\nb = 2 #", id="a statement in a comment"),
        pytest.param("# /vapid/me\na = 1\n", "vapid", "a\nb = 2 #", id="one in a header"),
    ],
)
def test_what_reads_as_more_than_the_text_of_its_literal_is_refused(
    text: str, old: str, new: str
) -> None:
    assert reason(migrate("a.py", text, old, new, Fix.PROSE)) == OTHER_TREE


@pytest.mark.parametrize(
    ("path", "text", "old", "new"),
    [
        pytest.param("a.json", '{"a": "/vapid"}', "vapid", 'b", "c": "', id="a key of json"),
        pytest.param("a.toml", 'a = "/vapid"\n', "vapid", 'b"\nc = "', id="a key of toml"),
        pytest.param("a.toml", "a = 1979-05-27\n", "27", "28", id="a date of toml"),
        pytest.param("a.yaml", "a: /vapid\n", "/vapid", "[rest]", id="a list of yaml"),
        pytest.param("a.yaml", "a: &b 1\nc: *b\n", "&b 1", "&b 2", id="an anchor of yaml"),
        pytest.param("a.yaml", "a:\n  b: /vapid\n", "  b", "b", id="an indentation of yaml"),
        pytest.param(".env", "A=/vapid\n", "A=/vapid", "A=/rest/v1.0\nB=2", id="a variable"),
        pytest.param("a.ini", "[a]\nb = /vapid\n", "[a]", "[c]", id="a section"),
    ],
)
def test_edit_that_changes_other_data_than_planned_is_refused(
    path: str, text: str, old: str, new: str
) -> None:
    assert reason(migrate(path, text, old, new)) == OTHER_DATA


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("a: 1\r\nb: /vapid # c\r\n", " # c", "\n"),
        ("a: 1\r\nb: /vapid # c\r\n", " # c", "\r"),
        ("a: 1\nb: /vapid # c\n", " # c", "\r\n#"),
        ("a: 1\nb: /vapid\n# c\n", "\n# c\n", ""),
        ("a: 1\nb: /vapid # c", "# c", "\n"),
    ],
    ids=["lf among crlf", "cr among crlf", "crlf among lf", "the last one goes", "one is added"],
)
def test_edit_that_changes_line_ends_is_refused(text: str, old: str, new: str) -> None:
    assert reason(migrate("a.yaml", text, old, new)) == LINE_ENDS


def test_character_that_the_encoding_does_not_have_is_refused() -> None:
    source = read("a.py", "# coding: koi8-r\na = '/vapid/ж'\n".encode("koi8-r"))

    outcome = migrate_source(source, [edit(source, "vapid", "rést")])

    assert "cannot be written in its encoding" in reason(outcome)


def test_edit_that_names_another_encoding_is_refused() -> None:
    source = read("a.py", b"# coding: latin-1\na = '\xe9'\n")

    outcome = migrate_source(source, [edit(source, "latin-1", "cp1252", Fix.PROSE)])

    assert reason(outcome) == "it would be read in another encoding"


def test_edit_that_would_end_in_the_middle_of_a_shift_sequence_is_refused() -> None:
    source = read("a.py", b"# coding: utf-7\na = '+AOkA6Q-/vapid'\n")

    outcome = migrate_source(source, [edit(source, "é'[:0]"[:1], "x")])

    assert reason(outcome) == "in its encoding, bytes beside the edits would change"


@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8], ids=["plain", "with a mark"])
@pytest.mark.parametrize("path", ["a.py", "a.yaml", "a.ipynb"])
def test_byte_order_mark_is_kept_as_it_is(path: str, bom: bytes) -> None:
    text = '# é\na = "/vapid/é"'
    if path == "a.ipynb":
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": [text]}
        text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    if path == "a.yaml":
        text = "# é\na: /vapid/é"
    source = read(path, bom + text.encode())

    outcome = migrate_source(source, [edit(source, "vapid", "rest/v1.0")])

    assert isinstance(outcome, Changed), outcome
    assert outcome.after == bom + text.replace("vapid", "rest/v1.0").encode()


def plan(folder: Path, instead: dict[str, bytes] | None = None) -> Scan:
    return scan_paths([], Settings(), today=date(2026, 11, 24), cwd=folder, instead=instead or {})


def test_content_in_the_place_of_a_file_is_what_is_scanned(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(URL, "utf-8")

    assert plan(tmp_path).findings != ()
    assert plan(tmp_path, {"a.py": b"print()\n"}).findings == ()
    assert [each.path for each in plan(tmp_path, {"b.py": URL.encode()}).findings] == ["a.py"] * 2


def test_file_that_would_be_changed_once_more_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(URL, "utf-8")
    (tmp_path / "b.py").write_text(URL, "utf-8")
    outcomes = migrate_files(plan(tmp_path), frozenset({Fix.NAMESPACE}))

    def scan_again(changed: Mapping[str, bytes]) -> Scan:
        assert set(changed) == {"a.py", "b.py"}
        return plan(tmp_path, {"a.py": changed["a.py"]})

    a, b = plan_again(outcomes, frozenset({Fix.NAMESPACE}), scan_again)

    assert isinstance(a, Changed)
    assert a.before.path == "a.py"
    assert b == Failed("b.py", UNSETTLED)


def test_plan_that_settles_at_once_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(URL, "utf-8")
    fixes = frozenset({Fix.NAMESPACE})
    outcomes = migrate_files(plan(tmp_path), fixes)

    assert plan_again(outcomes, fixes, lambda changed: plan(tmp_path, dict(changed))) == outcomes
    assert plan_again((), fixes, lambda _changed: pytest.fail("nothing to plan")) == ()
