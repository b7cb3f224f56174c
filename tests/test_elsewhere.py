"""What is found beside the files that were given: constants that calls in them go through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.cli import program

BASE = 'ROOT = "/vapid"\n'
CALL = "import requests\nfrom base import ROOT\nrequests.get(f'https://api.procore.com{ROOT}/me')\n"
OLD = 'requests.get("https://api.procore.com/vapid/me")'
NEW = OLD.replace("vapid", "rest/v1.0")
SILENT = CALL.replace("/me')", "/me')  # vapid: ignore")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("", "utf-8")
    files = {"base.py": BASE, "a.py": CALL, "b.py": CALL}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["check", *arguments])


@pytest.mark.usefixtures("folder")
def test_constant_is_found_once_where_it_stands_with_a_call_of_a_given_file() -> None:
    for names, called in [(("b.py",), "b.py"), (("a.py", "b.py"), "a.py")]:
        result = check(*names)

        assert result.exit_code == 1
        assert result.stdout.startswith("base.py:1:10: VAP001 ")
        assert result.stdout.endswith(f"; called in {called}:3\n")
        assert result.stdout.count("\n") == 1
    assert "called in" not in check("base.py", "a.py").stdout
    assert "called in" not in check(".").stdout


def test_call_in_a_notebook_counts(folder: Path) -> None:
    cell = {"cell_type": "code", "source": CALL.splitlines(keepends=True)}
    (folder / "n.ipynb").write_text(json.dumps({"cells": [cell], "nbformat": 4}), "utf-8")

    assert "VAP001" in check("n.ipynb").stdout


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", SILENT),
        ("base.py", f"{BASE[:-1]}  # vapid: ignore\n"),
        ("base.py", f"# vapid: ignore-file\n{BASE}"),
        ("base.py", 'ROOT = "/rest/v1.0"\n'),
        ("pyproject.toml", '[tool.vapid-to-rest]\nexclude = ["base.py"]\n'),
        ("pyproject.toml", '[tool.vapid-to-rest]\nexclude = ["a.py"]\n'),
    ],
    ids=["call", "constant", "file", "moved", "excluded", "call excluded"],
)
def test_what_is_silenced_is_not_found(name: str, text: str, folder: Path) -> None:
    (folder / name).write_text(text, "utf-8")

    result = check("a.py")

    assert (result.exit_code, result.stdout) == (0, "")


def test_silent_file_of_a_call_silences_no_constant_elsewhere(folder: Path) -> None:
    (folder / "a.py").write_text(f"# vapid: ignore-file\n{CALL}", "utf-8")

    codes = [line.split(" ")[1] for line in check("a.py").stdout.splitlines()]

    assert codes == ["VAP801", "VAP001"]


def test_new_call_through_a_known_constant_is_found(folder: Path) -> None:
    assert check("--baseline", "known.jsonl", "--write-baseline").exit_code == 0
    assert check("a.py", "--baseline", "known.jsonl").exit_code == 0

    (folder / "c.py").write_text(CALL, "utf-8")

    assert "VAP001" in check("c.py", "--baseline", "known.jsonl").stdout


def test_editor_is_told_of_its_own_file_alone(folder: Path) -> None:
    result = CliRunner().invoke(program, ["check", "--stdin-filename", "a.py"], input=CALL)

    assert (result.exit_code, result.stdout) == (0, "")
    assert (folder / "a.py").read_text("utf-8") == CALL


@pytest.mark.parametrize("form", ["json", "sarif", "github", "gitlab", "junit"])
@pytest.mark.usefixtures("folder")
def test_every_form_has_it(form: str) -> None:
    result = check("a.py", "--format", form)

    assert result.exit_code == 1
    assert "called in a.py:3" in result.stdout


PACKAGES = {
    "src/base.py": BASE,
    "src/in/c.py": CALL.replace("base", "src.base"),
    "app/__init__.py": "",
    "app/conf.py": BASE,
    "app/in/__init__.py": "",
    "app/in/c.py": CALL.replace("from base", "from ..conf"),
    "app/in/deep/__init__.py": "",
    "app/in/deep/c.py": CALL.replace("from base", "from app.conf"),
}


@pytest.mark.parametrize(
    ("start", "path", "found"),
    [
        (".", "src/in/c.py", "src/base.py"),
        ("src", "in/c.py", "base.py"),
        ("src/in", "c.py", "../base.py"),
        ("src/in", ".", "../base.py"),
        ("app/in", "c.py", "../conf.py"),
        ("app/in/deep", "c.py", "../../conf.py"),
        ("app", "in", "conf.py"),
        ("src/in", "../../app/in/c.py", "../conf.py"),
    ],
)
def test_names_are_followed_from_whatever_folder_a_run_starts_in(
    start: str, path: str, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    for name, text in PACKAGES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path / start)

    result = check(path)

    assert (result.exit_code, result.stdout.partition(":")[0]) == (1, found)


@pytest.mark.parametrize("line", [NEW, OLD], ids=["host", "namespace"])
def test_call_through_a_constant_is_found_in_a_file_that_spells_something_else(
    line: str, folder: Path
) -> None:
    (folder / "base.py").write_text('ROOT = "https://api.procore.com/vapid"\n', "utf-8")
    text = f"import requests\nfrom base import ROOT\n{line}\nrequests.get(ROOT + '/companies')\n"
    (folder / "a.py").write_text(text, "utf-8")
    (folder / "b.py").write_text("", "utf-8")

    result = check("a.py")

    assert "GET /vapid/companies; called in a.py:4" in result.stdout
