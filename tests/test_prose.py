"""Comments, docstrings, documents and longer texts: reported, and changed where asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.cli import program
from migrator.codemods.apply import migrate_source
from migrator.config import Settings
from migrator.pipeline import scan_paths
from migrator.rewriting import migrate_files
from migrator.source import decode_source
from migrator.values import Changed, Edit, Failed, Fix, Safety, Scan, SourceFile, Span

CODE = '''\
"""Asks https://api.procore.com/vapid/me who we are."""
# GET /vapid/projects/{id}/rfis, as it was
import os

import requests  # see /vapid/companies/1/users


def me():
    """Return /vapid/me: a host is https://api.procore.com/vapid.

    Web Push has /vapid/public-key.
    """
    os.system("curl https://api.procore.com/vapid/me -o me.json")
    return requests.get(
        "https://api.procore.com/vapid/me",
        # with https://api.procore.com/vapid before
    )
'''
DOCUMENT = (
    "Ask `GET https://api.procore.com/vapid/me`, not /vapid/public-key.\r\n"
    "See /vapid/projects/1/rfis"
)
MOVED = {"/vapid/public-key": "/KEPT", "vapid": "rest/v1.0", "/KEPT": "/vapid/public-key"}


def moved(text: str) -> str:
    for old, new in MOVED.items():
        text = text.replace(old, new)
    return text


def scan(folder: Path) -> Scan:
    return scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=folder)


def texts_after(found: Scan, *fixes: Fix) -> dict[str, str]:
    outcomes = migrate_files(found, frozenset(fixes))
    assert all(isinstance(outcome, Changed) for outcome in outcomes), outcomes
    return {each.before.path: each.text for each in outcomes if isinstance(each, Changed)}


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.chdir(folder)
    return CliRunner().invoke(program, ["rewrite", *arguments])


def test_prose_in_python_is_changed_only_where_asked(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(CODE)
    found = scan(tmp_path)

    code = texts_after(found, Fix.NAMESPACE)["main.py"]
    both = texts_after(found, Fix.NAMESPACE, Fix.PROSE)["main.py"]

    assert code == CODE.replace(
        '"https://api.procore.com/vapid/me",', '"https://api.procore.com/rest/v1.0/me",'
    )
    assert both == moved(CODE)


def test_findings_in_prose_stay_for_a_person_and_show_no_fix(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(CODE)
    prose = [finding for finding in scan(tmp_path).findings if finding.code != "VAP001"]

    assert {finding.safety for finding in prose} == {Safety.MANUAL}
    assert {finding.fix for finding in prose} == {None}
    assert {finding.kind for finding in prose if finding.code == "VAP100"} == {"prose"}
    assert {edit.fix for finding in prose for edit in finding.edits} == {Fix.PROSE}


@pytest.mark.parametrize("name", ["README.md", "notes.rst", "todo.txt", "docs/a.html", "CHANGELOG"])
def test_document_is_changed_to_the_byte_where_asked(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(DOCUMENT.encode())
    found = scan(tmp_path)

    assert texts_after(found, Fix.NAMESPACE) == {}
    assert texts_after(found, Fix.PROSE) == {name: moved(DOCUMENT)}


def test_second_run_finds_nothing(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(CODE)
    (tmp_path / "README.md").write_text(DOCUMENT)
    for path, text in texts_after(scan(tmp_path), *Fix).items():
        (tmp_path / path).write_text(text)

    assert scan(tmp_path).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "x = [  # /vapid/companies/1/users\n    1,\n    # a: /vapid/companies/1/users\n]\n",
        "if x:\n    pass\n    # /vapid/companies/1/users\n# /vapid/companies/1/users",
        "class A:\n  '''A.\r\n\r\n  /vapid/companies/1/users'''\r\n",
        "def f(\n    a,  # é /vapid/companies/1/users\n): ...\n",
        "x = 1 + \\\n  2 # /vapid/companies/1/users",
        "x = f'''see {y} and /vapid/companies/1/users or {{}}'''\n",
        "\f# /vapid/companies/1/users\n",
    ],
)
def test_comments_and_docstrings_are_proved_wherever_they_stand(text: str, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_bytes(text.encode())

    assert texts_after(scan(tmp_path), Fix.PROSE) == {"main.py": moved(text)}


def test_edit_outside_of_comments_and_strings_is_refused() -> None:
    source = decode_source("main.py", b"vapid = 1  # vapid\n")
    assert isinstance(source, SourceFile)
    edits = [
        Edit(Span("main.py", start, start + 5), "vapid", "rest", Fix.PROSE, Safety.MANUAL)
        for start in (0, 13)
    ]

    outcome = migrate_source(source, edits)

    assert outcome == Failed("main.py", "the rewritten syntax tree differs from the planned text")


def test_option_changes_prose_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "main.py").write_text("# /vapid/companies/1/users\n")
    (tmp_path / "README.md").write_text(DOCUMENT)

    plain = run(tmp_path, monkeypatch, ".")
    shown = run(tmp_path, monkeypatch, ".", "--prose")
    left = run(tmp_path, monkeypatch, ".", "--write")
    written = run(tmp_path, monkeypatch, ".", "--prose", "--write")

    assert (plain.exit_code, plain.stdout) == (0, "")
    assert shown.exit_code == 1
    assert "+# /rest/v1.0/companies/1/users\n" in shown.stdout
    assert left.exit_code == 1
    assert "Left for a person:" in left.stdout
    assert written.exit_code == 0
    assert written.stdout.endswith("2 files changed, 0 places left for a person\n")


def test_fix_cannot_be_prose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(tmp_path, monkeypatch, "--fix", "prose").exit_code == 2


def test_prose_that_only_a_link_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(DOCUMENT)
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "README.md").symlink_to(tmp_path / "README.md")

    found = scan(tmp_path / "project")

    assert [finding.message for finding in found.findings] == [
        "mentions the old route in prose: change it by hand"
    ] * 2
    assert texts_after(found, Fix.PROSE) == {}
