"""What the commands do with files that are hard to read, hard to reach, or not there."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.cli import PROGRAM_NAME, program
from migrator.rules.table import read_rules

CALL = 'import requests\nrequests.get("https://api.procore.com/vapid/projects")\n'
MOVED = CALL.replace("/vapid/", "/rest/v1.0/")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with nothing in it."""
    for name in ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(name, raising=False)
    top = tmp_path / "top"
    top.mkdir()
    monkeypatch.chdir(top)
    return top


def run(*args: str) -> Result:
    return CliRunner().invoke(program, args, prog_name=PROGRAM_NAME)


# Files that cannot be decoded


@pytest.mark.parametrize(
    ("name", "data", "line", "code"),
    [
        ("a.py", CALL.encode() + b"# caf\xe9\n", 2, "VAP007"),
        ("a.py", b"# coding: no-such\n" + CALL.encode(), 3, "VAP007"),
        ("a.py", b"# coding: ascii\n" + CALL.encode() + "# é\n".encode(), 3, "VAP007"),
        ("a.py", CALL.encode("utf-16"), 2, "VAP007"),
        ("a.py", CALL.encode("utf-16-le"), 2, "VAP007"),
        ("a.py", CALL.encode("utf-16-be"), 2, "VAP007"),
        ("a.py", CALL.encode("utf-32"), 2, "VAP007"),
        ("a.py", CALL.encode() + b"\0", 2, "VAP007"),
        ("a.yaml", CALL.encode("utf-16"), 2, "VAP008"),
    ],
    ids=[
        "latin-1",
        "unknown-coding",
        "wrong-coding",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "nul",
        "utf-16-settings",
    ],
)
def test_file_that_cannot_be_decoded_is_a_problem_and_is_searched_by_text(
    name: str, data: bytes, line: int, code: str, folder: Path
) -> None:
    (folder / name).write_bytes(data)

    result = run("check", name)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{name}:{line}:39: {code} found by text")
    assert f"{name}:" in result.stderr
    assert "VAP901" in result.stderr
    document = json.loads(run("scan", "--format", "json").stdout)
    assert [each["code"] for each in document["findings"]] == [code]
    assert [each["code"] for each in document["problems"]] == ["VAP901"]
    assert run("rewrite", "--write").exit_code == 1
    assert (folder / name).read_bytes() == data


@pytest.mark.parametrize("command", ["scan", "check", "rewrite"])
@pytest.mark.parametrize(
    "data", [b"x = 'vapid'  # caf\xe9\n", b"x = 'vapid'\n" + b"#" * 20_000_000], ids=["bad", "big"]
)
def test_file_alone_that_cannot_be_analysed_exits_2(
    command: str, data: bytes, folder: Path
) -> None:
    (folder / "a.py").write_bytes(data)

    alone = run(command, "a.py")
    (folder / "b.py").write_text("x = 1\n")
    together = run(command, "a.py", "b.py")

    assert (alone.exit_code, alone.stdout) == (2, "")
    assert alone.stderr.startswith("Error: nothing could be analysed: a.py: ")
    assert together.exit_code == 0


def test_only_the_first_reasons_why_nothing_can_be_analysed_are_named(folder: Path) -> None:
    for number in range(9):
        (folder / f"{number}.py").write_bytes(b"x = 'vapid'  # caf\xe9\n")

    result = run("check")

    assert result.exit_code == 2
    assert "4.py: byte 0xe9" in result.stderr
    assert "5.py" not in result.stderr
    assert result.stderr.endswith("; and 4 more\n")


# Files that cannot be parsed


def test_file_that_an_import_leads_to_and_that_is_not_python_3_is_a_problem_in_plain_words(
    folder: Path,
) -> None:
    (folder / "sync.py").write_text(
        "import old\n" + CALL + 'requests.get(old.BASE + "/vapid/me")\n'
    )
    (folder / "old.py").write_text("BASE = 1\nprint 'x'\n")

    result = run("check")

    assert result.stderr.startswith(
        "old.py:2:1: VAP900 cannot be parsed: looks like Python 2 (a print statement): "
        "convert it to Python 3, or change it by hand\n"
    )


# Links


def test_link_that_leads_outside_is_reported_and_neither_edited_nor_in_the_diff(
    folder: Path,
) -> None:
    (folder.parent / "outside.py").write_text(CALL)
    (folder / "link.py").symlink_to("../outside.py")
    (folder / "real.py").write_text(CALL)
    (folder / "same.py").symlink_to("real.py")
    (folder / "loop").symlink_to(".")
    (folder / "itself").symlink_to("itself")

    diff = run("rewrite")
    subprocess.run(["git", "apply", "--check"], input=diff.stdout_bytes, cwd=folder, check=True)
    written = run("rewrite", "--write")

    assert diff.stdout.count("diff --git a/real.py b/real.py") == diff.stdout.count("diff ") == 1
    assert written.exit_code == 1
    assert "link.py:2:39: VAP001 " in written.stdout
    assert "only a link leads to the file: name it to have it changed" in written.stdout
    assert "1 file changed, 1 place left for a person" in written.stdout
    assert (folder.parent / "outside.py").read_text() == CALL
    assert (folder / "real.py").read_text() == MOVED
    assert (folder / "same.py").is_symlink()


def test_link_that_leads_outside_is_edited_where_it_is_named(folder: Path) -> None:
    (folder.parent / "outside.py").write_text(CALL)
    (folder / "link.py").symlink_to("../outside.py")

    result = run("rewrite", "--write", "link.py", ".")

    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "link.py: 1 place changed")
    assert (folder.parent / "outside.py").read_text() == MOVED
    assert (folder / "link.py").is_symlink()


def test_link_that_is_named_stands_in_the_diff_under_the_name_of_its_file(folder: Path) -> None:
    (folder / "real.py").write_text(CALL)
    (folder / "same.py").symlink_to("real.py")

    result = run("rewrite", "same.py", "./real.py", "real.py")

    assert result.stdout.count("diff --git a/real.py b/real.py") == result.stdout.count("diff ")
    subprocess.run(["git", "apply"], input=result.stdout_bytes, cwd=folder, check=True)
    assert (folder / "real.py").read_text() == MOVED


# Documents


@pytest.mark.parametrize("name", ["sync.py", "settings.yaml", "README.md", "same.py", "twin.txt"])
def test_document_does_not_take_the_place_of_a_file_that_is_analysed(
    name: str, folder: Path
) -> None:
    for path in ("sync.py", "settings.yaml", "README.md"):
        (folder / path).write_text(CALL)
    (folder / "same.py").symlink_to("sync.py")
    (folder / "twin.txt").hardlink_to(folder / "settings.yaml")

    result = run("scan", "-o", name)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: {name} is one of the files to analyse: name another one\n"
    assert (folder / name).read_text() == CALL


def test_document_takes_the_place_of_what_is_not_analysed(folder: Path) -> None:
    (folder / "sync.py").write_text(CALL)
    (folder.parent / "old.txt").write_text("old")
    (folder / "broken.py").symlink_to("nowhere")

    assert run("scan", "-o", "../old.txt").exit_code == 0
    assert "/rest/v1.0/projects" in (folder.parent / "old.txt").read_text()


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("report", "a.html"),
        ("report", "a.md"),
        ("report", "a.json"),
        ("scan", "a.txt"),
    ],
)
@pytest.mark.parametrize("text", [CALL, "x = 1\n"], ids=["found", "clean"])
def test_old_document_is_replaced_and_not_analysed(
    command: str, name: str, text: str, folder: Path
) -> None:
    (folder / "sync.py").write_text(text)

    first = run(command, "-o", name)
    found = json.loads(run("scan", "--format", "json").stdout)
    second = run(command, "-o", name)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert {each["path"] for each in found["findings"]} <= {"sync.py"}


def test_document_over_a_file_that_may_not_be_read_is_refused(folder: Path) -> None:
    (folder / "sync.py").write_text(CALL)
    (folder / "loop.txt").symlink_to("loop.txt")

    result = run("scan", "-o", "loop.txt")

    assert result.exit_code == 2
    assert result.stderr == "Error: cannot write loop.txt: Too many levels of symbolic links\n"


def test_hyphen_for_the_output_is_stdout(folder: Path) -> None:
    (folder / "sync.py").write_text(CALL)

    assert run("scan", "-o", "-").stdout == run("scan").stdout
    assert [path.name for path in folder.iterdir()] == ["sync.py"]


# The table


@pytest.mark.parametrize(
    "command", ["scan", "check", "rewrite", "report -o a.md"], ids=lambda line: line.split()[0]
)
def test_table_that_cannot_be_used_exits_2(
    command: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sync.py").write_text(CALL)
    bad = folder.parent / "rules"
    bad.mkdir()
    (bad / "a.toml").write_text("[[rule]]\nid = 1\n")
    monkeypatch.setattr("migrator.rules.table._load_built_in", lambda: read_rules(bad))

    result = run(*command.split())

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: a.toml")
    assert result.stderr.count("\n") == 1


# Nothing to analyse


@pytest.mark.parametrize("command", ["scan", "check", "rewrite", "report -o ../a.md"])
@pytest.mark.parametrize(
    ("path", "ignore", "exclude", "message"),
    [
        ("empty", "", "", "in empty, there is no file that git would not ignore"),
        (".", "*\n", "", "in ., there is no file that git would not ignore"),
        ("src", "", 'exclude = ["src/"]', "in src, every file is excluded by the settings"),
    ],
    ids=["empty", "ignored", "excluded"],
)
def test_folder_without_a_file_to_analyse_exits_2(
    command: str, path: str, ignore: str, exclude: str, message: str, folder: Path
) -> None:
    (folder / "src").mkdir()
    (folder / "pyproject.toml").write_text(f"[tool.vapid-to-rest]\n{exclude}\n")
    (folder / ".gitignore").write_text(ignore)
    (folder / "src" / "sync.py").write_text(CALL)
    (folder / "empty").mkdir()
    subprocess.run(["git", "init", "-q"], check=True)

    result = run(*command.split(), path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: nothing could be analysed: {message}\n"


def test_files_that_a_hook_names_and_the_settings_exclude_pass_in_silence(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.vapid-to-rest]\nexclude = ["old/"]\n')
    (folder / "old").mkdir()
    for name in ("old/a.py", "old/b.py"):
        (folder / name).write_text(CALL)
    (folder / "c.png").write_bytes(b"\x89PNG\0")

    for names in (["old/a.py", "old/b.py"], ["old/a.py", "c.png"], ["c.png"]):
        result = run("check", *names)

        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


# Odd paths, and odd places to stand


@pytest.mark.parametrize("command", ["scan", "check", "rewrite", "report -o a.md"])
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("-", "-: does not exist"),
        ("sync.py/x", "sync.py/x: does not exist"),
        ("x" * 300, f"{'x' * 300}: cannot be read: File name too long"),
        ("x/" * 3000, f"{'x/' * 2999}x: cannot be read: File name too long"),
        ("a\nb.py:1:1: VAP001", r"a\nb.py:1:1: VAP001: does not exist"),
        ("a\x1b[2J", r"a\x1b[2J: does not exist"),
        ("caf\udce9.py", r"caf\udce9.py: does not exist"),
    ],
    ids=["hyphen", "in-a-file", "long", "deep", "newline", "escape", "not-utf-8"],
)
def test_path_that_is_none_is_one_line_and_exit_code_2(
    command: str, path: str, shown: str, folder: Path
) -> None:
    (folder / "sync.py").write_text(CALL)

    result = run(*command.split(), path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Error: nothing could be analysed: {shown}\n"


def test_names_of_any_bytes_are_reported_and_changed(folder: Path) -> None:
    names = ["a\nb.py", "esc\x1b[31m.py", 'sp ace"q.py', "-x.py", "caf\udce9.py"]
    for name in names:
        (folder / name).write_text(CALL)

    checked = run("check")
    diff = run("rewrite", "--", *names)
    subprocess.run(["git", "apply", "--check"], input=diff.stdout_bytes, cwd=folder, check=True)
    written = run("rewrite", "--write")

    assert len(checked.stdout.splitlines()) == len(names)
    assert "\x1b" not in checked.stdout
    assert written.exit_code == 0
    assert all((folder / name).read_text() == MOVED for name in names)


def test_folder_inside_another_that_is_given_and_a_file_given_often_count_once(
    folder: Path,
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "sync.py").write_text(CALL)

    whole = run("check", "..", ".", "sub", *["sub/sync.py"] * 100, str(folder / "sub"))

    assert whole.stdout == run("check", "..").stdout
    assert len(whole.stdout.splitlines()) == 1


def test_file_that_may_not_be_read_does_not_hide_the_others(folder: Path) -> None:
    (folder / "sync.py").write_text(CALL)
    (folder / "loop.py").symlink_to("loop.py")

    result = run("check", "loop.py", "sync.py")

    assert result.exit_code == 1
    assert result.stdout.startswith("sync.py:2:39: VAP001 ")
    assert result.stderr.startswith("loop.py:1:1: VAP902 ")


def test_current_folder_that_is_gone_is_one_line_and_exit_code_2(folder: Path) -> None:
    folder.rmdir()

    result = run("scan")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: the current folder cannot be found: No such file or directory\n"


def test_bare_repository_has_nothing_to_analyse(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare"], cwd=folder, check=True)

    result = run("check")

    assert result.exit_code == 2
    assert "nothing could be analysed" in result.stderr


@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": ""},
        {"HOME": "/nonexistent"},
        {"PATH": "/nonexistent"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"COLUMNS": "abc"},
        {"TERM": "dumb"},
        {"GIT_DIR": "/nonexistent"},
    ],
    ids=str,
)
def test_environment_changes_nothing(
    environment: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sync.py").write_text(CALL)
    subprocess.run(["git", "init", "-q"], check=True)
    usual = run("scan").stdout
    for name, text in environment.items():
        monkeypatch.setenv(name, text)

    assert run("scan").stdout == usual
