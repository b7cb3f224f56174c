"""``rewrite`` with a person, an editor, or version control at the other end."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.cli import PROGRAM_NAME, program

LINE = 'requests.get("https://api.procore.com/vapid/{0}")\n'
CODE = "import requests\n" + "".join(map(LINE.format, ("me", "projects", "companies")))
MOVED = CODE.replace("/vapid/", "/rest/v1.0/")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(CODE)
    return tmp_path


def run(*args: str, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(program, args, input=text, prog_name=PROGRAM_NAME)


def git(*args: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *args], check=True, capture_output=True)


# A person


@pytest.mark.parametrize(
    ("answers", "moved", "code"),
    [
        ("y\ny\ny\n", (1, 1, 1), 0),
        ("n\ny\nn\n", (0, 1, 0), 1),
        ("n\na\n", (0, 1, 1), 1),
        ("a\n", (1, 1, 1), 0),
        ("y\nq\n", (1, 0, 0), 1),
        ("q\n", (0, 0, 0), 1),
        ("y\n", (1, 0, 0), 1),
        ("", (0, 0, 0), 1),
        ("what\n\nn\nq\n", (0, 0, 0), 1),
    ],
    ids=repr,
)
def test_only_what_is_accepted_is_changed(
    answers: str, moved: tuple[int, ...], code: int, folder: Path
) -> None:
    result = run("rewrite", "--interactive", "--allow-dirty", text=answers)

    head, *lines = CODE.splitlines()
    wanted = [
        line.replace("/vapid/", "/rest/v1.0/") if done else line
        for line, done in zip(lines, moved, strict=True)
    ]
    assert (folder / "a.py").read_text().splitlines() == [head, *wanted]
    assert result.exit_code == code
    assert f"{3 - sum(moved)} place" in result.stdout


def test_change_is_shown_with_what_it_is_about() -> None:
    asked = run("rewrite", "--interactive", "--allow-dirty", text="q\n").stderr

    assert "[1 of 3] a.py:2:39: VAP001 `vapid` becomes `rest/v1.0`" in asked
    assert "\n  GET /vapid/me\n" in asked
    assert '\n-requests.get("https://api.procore.com/vapid/me")\n' in asked
    assert '\n+requests.get("https://api.procore.com/rest/v1.0/me")\n' in asked
    assert "[2 of 3]" not in asked


def test_secret_beside_a_change_is_not_shown(folder: Path) -> None:
    secret = "Bearer abcdefghijklmnopqrstuvwxyz0123456789"
    call = f'requests.get("https://api.procore.com/vapid/me", headers={{"A": "{secret}"}})\n'
    (folder / "a.py").write_text("import requests\n" + call)

    asked = run("rewrite", "--interactive", "--allow-dirty", text="n\n").stderr

    assert "rest/v1.0/me" in asked
    assert "abcdefghijklmnop" not in asked


def test_one_literal_with_two_findings_is_asked_for_once(folder: Path) -> None:
    (folder / "a.py").write_text(
        "import requests\nB = 'https://api.procore.com/vapid'\n"
        "requests.get(B + '/me')\nrequests.get(B + '/projects')\n"
    )

    result = run("rewrite", "--interactive", "--allow-dirty", text="y\n")

    assert "rest/v1.0'" in (folder / "a.py").read_text()
    assert result.exit_code == 0


# An editor


def test_code_on_stdin_comes_back_changed_and_nothing_is_written(folder: Path) -> None:
    result = run("rewrite", "--stdin-filename", "a.py", text=CODE.encode() + b"# more\r\n")

    assert result.stdout_bytes == MOVED.encode() + b"# more\r\n"
    assert result.stderr == "1 file changed, 0 places left for a person\n"
    assert result.exit_code == 0
    assert (folder / "a.py").read_text() == CODE


@pytest.mark.parametrize("code", [b"print()\n", b"def\n", b"", b"\xef\xbb\xbfa\r\n"], ids=repr)
def test_what_needs_no_change_comes_back_as_it_is(code: bytes) -> None:
    assert run("rewrite", "--stdin-filename", "a.py", text=code).stdout_bytes == code


def test_what_cannot_be_decoded_is_refused() -> None:
    result = run("rewrite", "--stdin-filename", "a.py", text=b"# caf\xe9 vapid\n")

    assert result.exit_code == 2
    assert result.stdout_bytes == b""
    assert "nothing could be analysed: a.py: " in result.stderr


@pytest.mark.parametrize("name", ["new.py", "no/such/folder.py", "new.yaml", "b.ipynb"])
def test_file_need_not_be_saved(name: str) -> None:
    text = CODE if name.endswith(".py") else "a: https://api.procore.com/vapid/me\n"
    if name.endswith(".ipynb"):
        text = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'

    result = run("rewrite", "--stdin-filename", name, text=text)

    assert result.stdout == text.replace("/vapid/", "/rest/v1.0/")
    assert result.exit_code == 0


def test_other_modules_are_read_from_the_disk(folder: Path) -> None:
    (folder / "base.py").write_text("BASE = 'https://api.procore.com'\n")
    code = "import requests\nfrom base import BASE\nrequests.get(BASE + '/vapid/me')\n"

    result = run("check", "--stdin-filename", "b.py", text=code)

    assert result.stdout.startswith("b.py:3:23: VAP001 ")
    assert result.stdout.count("\n") == 1
    assert result.exit_code == 1


def test_excluded_file_is_left_alone(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.vapid-to-rest]\nexclude = ["a.py"]\n')

    assert run("check", "--stdin-filename", "a.py", text=CODE).exit_code == 0
    assert run("rewrite", "--stdin-filename", "a.py", text=CODE).stdout == CODE


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("rewrite", "--stdin-filename", "a.py", "--write"), "cannot write files as well"),
        (("rewrite", "--stdin-filename", "a.py", "--interactive"), "cannot write files as well"),
        (("rewrite", "--stdin-filename", "a.py", "b.py"), "name no other"),
        (("check", "--stdin-filename", "a.py", "b.py"), "name no other"),
        (("check", "--stdin-filename", ""), "it is empty"),
    ],
)
def test_options_that_contradict_are_refused(args: tuple[str, ...], message: str) -> None:
    result = run(*args, text=CODE)

    assert result.exit_code == 2
    assert message in result.stderr


# Version control


def test_folder_without_version_control_is_told(folder: Path) -> None:
    result = run("rewrite", "--write")

    assert "warning: not under version control" in result.stderr
    assert (folder / "a.py").read_text() == MOVED
    assert "warning" not in run("rewrite", "--write").stderr, "nothing was changed"


@pytest.mark.parametrize("state", ["untracked", "modified", "staged", "ignored"])
def test_file_with_changes_of_its_own_is_told(state: str, folder: Path) -> None:
    git("init", "-q")
    if state != "untracked":
        (folder / "a.py").write_text("")
        git("add", "a.py")
        git("commit", "-qm", "a")
        (folder / "a.py").write_text(CODE)
    if state == "staged":
        git("add", "a.py")
    if state == "ignored":
        git("rm", "-q", "--cached", "-f", "a.py")
        (folder / ".gitignore").write_text("a.py\n")
    (folder / "b.py").write_text("print()\n")

    result = run("rewrite", "--write", "a.py")

    assert "warning: 1 file had changes that are not committed: a.py (" in result.stderr
    assert (folder / "a.py").read_text() == MOVED


def test_committed_file_and_what_is_allowed_are_not_told(folder: Path) -> None:
    git("init", "-q")
    git("add", "a.py")
    git("commit", "-qm", "a")
    (folder / "b.py").write_text("print()\n")

    assert "warning" not in run("rewrite", "--write").stderr
    (folder / "a.py").write_text(CODE)
    (folder / "c.py").write_text(CODE)
    assert "warning" not in run("rewrite", "--write", "--allow-dirty").stderr


def test_many_files_are_told_by_the_first(folder: Path) -> None:
    git("init", "-q")
    for number in range(5):
        (folder / f"{number}.py").write_text(CODE)

    result = run("rewrite", "--write", *(f"{number}.py" for number in range(5)))

    assert "5 files had changes that are not committed: 0.py, 1.py, 2.py and 2 more" in (
        result.stderr
    )


def test_file_below_the_top_of_a_repository_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("init", "-q")
    (folder / "sub").mkdir()
    (folder / "sub" / "c.py").write_text(CODE)
    monkeypatch.chdir(folder / "sub")

    assert "committed: c.py (" in run("rewrite", "--write").stderr
