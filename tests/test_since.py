"""What a branch changed: which findings are of that, and what cannot be compared."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrator.cli import program
from migrator.git import GitError, run_git
from migrator.since import read_changes

OLD = 'import requests\n\nrequests.get("https://api.procore.com/vapid/me")\n'
BASE = 'ROOT = "https://api.procore.com/vapid"\n'
CALL = 'import requests\nfrom base import ROOT\n\nrequests.get(\n    ROOT + "/me",\n)\n'
ODD = 'od d"\n.py'
Git = Callable[..., str]


def run_in(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.com")
    result = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return result.stdout


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Return what runs git in a repository whose branch has just left ``main``."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))

    def git(*arguments: str) -> str:
        return run_in(tmp_path, *arguments)

    git("init", "-q", "-b", "main")
    for name, text in {"old.py": OLD, "base.py": BASE, "call.py": CALL, ODD: OLD}.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / ".gitattributes").write_text("*.ipynb -diff\n", "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "Start")
    git("switch", "-q", "-c", "branch")
    return git


def check(base: str = "main", *arguments: str) -> Result:
    return CliRunner().invoke(program, ["check", "--diff", base, *arguments])


def found(result: Result) -> list[str]:
    assert result.exit_code == bool(result.stdout), result.stderr
    return [line.rpartition(": VAP")[0].rpartition(":")[0] for line in result.stdout.splitlines()]


@pytest.mark.usefixtures("git")
def test_nothing_is_found_on_a_branch_without_a_change() -> None:
    assert found(check()) == []
    assert CliRunner().invoke(program, ["check"]).exit_code == 1


@pytest.mark.parametrize("state", ["untracked", "staged", "committed", "work tree"])
def test_new_file_counts_whole_and_old_lines_do_not(state: str, git: Git, tmp_path: Path) -> None:
    (tmp_path / "new.py").write_text(OLD, "utf-8")
    (tmp_path / "old.py").write_text(f"{OLD}print('more')\n", "utf-8")
    if state in {"staged", "committed"}:
        git("add", "-A")
    if state == "committed":
        git("commit", "-q", "-m", "Add")
    if state == "work tree":
        git("add", "-N", "new.py")

    assert found(check()) == ["new.py:3"]


def test_changed_line_counts_and_its_neighbours_do_not(tmp_path: Path, git: Git) -> None:
    more = 'requests.get("https://api.procore.com/vapid/companies")\n'
    (tmp_path / "old.py").write_text(OLD + more, "utf-8")
    git("commit", "-q", "-a", "-m", "Add")
    (tmp_path / "old.py").write_text(f"'''Above.'''\n\n{OLD}{more}", "utf-8")

    assert found(check()) == ["old.py:6"]


@pytest.mark.parametrize("line", ['"/me",', "get("], ids=["a line in the middle", "the first line"])
@pytest.mark.usefixtures("git")
def test_literal_counts_where_the_line_of_its_call_was_changed(line: str, tmp_path: Path) -> None:
    (tmp_path / "call.py").write_text(CALL.replace(line, f"{line}  # soon"), "utf-8")

    assert found(check()) == ["base.py:1"]
    scan = CliRunner().invoke(program, ["scan", "--diff", "main"])
    assert "GET" in scan.stdout
    assert "old.py" not in scan.stdout


def test_renamed_file_counts_by_the_lines_that_differ(tmp_path: Path, git: Git) -> None:
    git("mv", "old.py", "moved.py")
    git("mv", ODD, 'odder\t".py')
    filler = "".join(f"x{number} = {number}\n" for number in range(20))
    (tmp_path / "odd.py").write_text(OLD + filler, "utf-8")

    assert found(check()) == ["odd.py:3"]
    (tmp_path / "moved.py").write_text(OLD.replace("/me", "/companies"), "utf-8")
    assert found(check()) == ["moved.py:3", "odd.py:3"]


def test_name_with_a_line_end_is_told_apart(tmp_path: Path, git: Git) -> None:
    (tmp_path / ODD).write_text(f"{OLD}@@ -1 +1 @@\ndiff --git a/x b/x\n".replace("/me", "/x"))
    git("rm", "-q", "call.py")

    result = check()

    assert result.exit_code == 1
    assert [
        line for line in result.stdout.splitlines() if "old.py" in line or "base.py" in line
    ] == []


def test_merge_of_the_base_does_not_count(tmp_path: Path, git: Git) -> None:
    (tmp_path / "mine.py").write_text("x = 1\n", "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "Mine")
    git("switch", "-q", "main")
    (tmp_path / "theirs.py").write_text(OLD, "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "Theirs")
    git("switch", "-q", "branch")

    # What only the base has is not what the branch removed, either.
    assert found(check()) == []
    git("merge", "-q", "main")
    assert found(check()) == []


def test_file_in_a_merge_conflict_counts_by_its_lines(tmp_path: Path, git: Git) -> None:
    (tmp_path / "old.py").write_text(f"{OLD}x = 1\n", "utf-8")
    git("commit", "-q", "-a", "-m", "Mine")
    git("switch", "-q", "main")
    (tmp_path / "old.py").write_text(f"{OLD}x = 2\n", "utf-8")
    git("commit", "-q", "-a", "-m", "Theirs")
    git("switch", "-q", "branch")
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "-q", "main")
    (tmp_path / "old.py").write_text(f"{OLD}x = 3\n", "utf-8")
    assert found(check()) == []

    (tmp_path / "old.py").write_text(OLD.replace("/me", "/companies"), "utf-8")
    assert found(check()) == ["old.py:3"]


@pytest.mark.usefixtures("git")
def test_notebook_counts_though_git_is_told_not_to_diff_it(tmp_path: Path) -> None:
    source = r"import requests\nrequests.get(\"https://api.procore.com/vapid/me\")"
    (tmp_path / "book.ipynb").write_text(
        f'{{"cells": [{{"cell_type": "code",\n"source": "{source}"}}], "nbformat": 4}}', "utf-8"
    )
    run_in(tmp_path, "add", "book.ipynb")

    assert found(check()) == ["book.ipynb:2"]


def test_submodule_at_another_commit_counts_whole(tmp_path: Path, git: Git) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    run_in(inner, "init", "-q")
    (inner / "code.py").write_text(OLD, "utf-8")
    run_in(inner, "add", "-A")
    run_in(inner, "commit", "-q", "-m", "Inner")
    assert found(check()) == ["inner/code.py:3"]
    git("-c", "advice.addEmbeddedRepo=false", "add", "inner")
    assert found(check()) == ["inner/code.py:3"]
    git("commit", "-q", "-m", "Take it in")
    assert found(check("HEAD")) == []


def test_no_program_of_the_repository_is_run(tmp_path: Path, git: Git) -> None:
    (tmp_path / ".gitattributes").write_text("*.py filter=a=b diff=evil\n", "utf-8")
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n", "utf-8")
    trap.chmod(0o755)
    with (tmp_path / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(f'[filter "a=b"]\n\tclean = {trap}\n\trequired = true\n')
        config.write(f'[diff "evil"]\n\tcommand = {trap}\n\ttextconv = {trap}\n')
        config.write(f"[diff]\n\texternal = {trap}\n[core]\n\tfsmonitor = {trap}\n")
    (tmp_path / "old.py").write_text(OLD.replace("/me", "/companies"), "utf-8")

    assert found(check()) == ["old.py:3"]
    assert not (tmp_path / "sprung").exists()
    git("diff", "--stat")
    assert (tmp_path / "sprung").exists(), "the trap is one"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_lines_count_whatever_they_end_in(end: str, tmp_path: Path, git: Git) -> None:
    lines = ["import requests", "x = 1", 'requests.get("https://api.procore.com/vapid/me")', ""]
    file = tmp_path / "ends.py"
    file.write_bytes(end.join([*lines[:2], ""]).encode())
    git("add", "ends.py")
    git("commit", "-q", "-m", "Ends")
    assert found(check("HEAD")) == []
    file.write_bytes(end.join(lines).encode())

    assert found(check("HEAD")) == ["ends.py:3"]


@pytest.mark.usefixtures("git")
def test_folder_below_the_top_is_compared_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "new.py").write_text(OLD, "utf-8")
    monkeypatch.chdir(tmp_path / "sub")

    assert found(check()) == ["new.py:3"]
    assert found(check("main", "new.py")) == ["new.py:3"]
    assert found(check("main", "../old.py")) == []


@pytest.mark.usefixtures("git")
def test_problem_counts_in_a_changed_file_alone(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("print 'vapid'\n", "utf-8")
    assert "broken.py" in check().stderr

    run_in(tmp_path, "add", "-A")
    run_in(tmp_path, "commit", "-q", "-m", "Break")
    assert "broken.py" not in check("HEAD").stderr


@pytest.mark.usefixtures("git")
def test_rest_calls_are_those_on_changed_lines(tmp_path: Path) -> None:
    text = 'import requests\nrequests.get("https://api.procore.com/rest/v1.0/no_such_thing")\n'
    (tmp_path / "rest.py").write_text(text, "utf-8")
    scan = ("scan", "--rest", "--diff")
    assert "no_such_thing" in CliRunner().invoke(program, [*scan, "main"]).stdout

    run_in(tmp_path, "add", "-A")
    run_in(tmp_path, "commit", "-q", "-m", "Add")
    assert "no_such_thing" not in CliRunner().invoke(program, [*scan, "HEAD"]).stdout


@pytest.mark.usefixtures("git")
@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("-p", "begins with a hyphen"),
        ("--output=x", "begins with a hyphen"),
        ("none", "is no branch, tag or commit"),
        ("main:old.py", "is no branch, tag or commit"),
        ("", "is no branch, tag or commit"),
    ],
    ids=["option", "long option", "unknown", "file", "empty"],
)
def test_base_that_is_no_commit_is_refused(base: str, said: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(program, ["check", f"--diff={base}"])

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not (tmp_path / "x").exists()


def test_shallow_clone_is_told_to_fetch_more(tmp_path: Path, git: Git) -> None:
    (tmp_path / "new.py").write_text(OLD, "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "Add")
    git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{tmp_path}", "clone")

    clone = tmp_path / "clone"
    shallow = CliRunner().invoke(program, ["check", "clone", "--diff", "origin/main"])
    assert shallow.exit_code == 2
    assert "git fetch --unshallow" in shallow.stderr
    unknown = CliRunner().invoke(program, ["check", "clone", "--diff", "main~1"])
    assert "beyond what a shallow clone has" in unknown.stderr
    run_in(clone, "fetch", "-q", "--unshallow")
    whole = CliRunner().invoke(program, ["check", "clone", "--diff", "origin/main"])
    assert found(whole) == ["clone/new.py:3"]


def test_what_has_nothing_to_compare_with_is_refused(tmp_path: Path, git: Git) -> None:
    git("switch", "-q", "--orphan", "other")
    assert "has no commit yet" in check().stderr
    (tmp_path / "old.py").write_text(OLD, "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "Other")
    assert "no commit in common" in check().stderr
    shutil.rmtree(tmp_path / ".git")
    assert "is not in the work tree of a git repository" in check().stderr
    assert check().exit_code == 2


@pytest.mark.usefixtures("git")
def test_repository_of_another_user_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    result = check()

    assert result.exit_code == 2
    assert "safe.directory" in result.stderr


@pytest.mark.usefixtures("git")
def test_missing_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in check().stderr

    (tmp_path / "git").write_text("no program", "utf-8")
    (tmp_path / "git").chmod(0o755)
    with pytest.raises(GitError, match="git cannot be run"):
        run_git(str(tmp_path), "status")


@pytest.mark.usefixtures("git")
def test_failing_comparison_is_told(tmp_path: Path) -> None:
    objects = [path for path in (tmp_path / ".git" / "objects").rglob("*") if path.is_file()]
    commit = run_in(tmp_path, "rev-parse", "HEAD").strip()
    for path in objects:
        if path.parent.name + path.name != commit:
            path.unlink()

    with pytest.raises(Exception, match="git cannot compare"):
        read_changes(tmp_path, "main")


def test_link_that_becomes_a_file_makes_no_other_file_new(git: Git, tmp_path: Path) -> None:
    (tmp_path / "to_file").symlink_to("old.py")
    (tmp_path / "to_link").write_text("x\n", "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "Link")
    git("branch", "-f", "main", "HEAD")
    for name in ("to_file", "to_link"):
        (tmp_path / name).unlink()
    (tmp_path / "to_file").write_text(OLD, "utf-8")
    (tmp_path / "to_link").symlink_to("old.py")
    (tmp_path / "old.py").write_text(f"{OLD}y = 2\n", "utf-8")
    git("add", "-A")

    assert found(check()) == ["to_file:3"]


@pytest.mark.parametrize(("name", "value"), [("GIT_DIFF_OPTS", "--unified=3"), ("GIT_TRACE", "1")])
def test_environment_does_not_change_what_is_compared(
    name: str, value: str, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old.py").write_text(f"{OLD}y = 2\n", "utf-8")
    git("add", "-A")
    monkeypatch.setenv(name, value)

    assert found(check()) == []
