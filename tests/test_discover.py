"""Which files a run is about."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from migrator.discover import is_environment, is_python, is_settings, list_files
from migrator.errors import NothingToScanError
from migrator.values import Problem

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


def make(top: Path, *names: str) -> None:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def git(top: Path, *args: str) -> None:
    subprocess.run(["git", "-C", top, *args], check=True)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.py", True),
        ("a/b.pyi", True),
        ("a.pyw", True),
        ("A.PY", True),
        ("a.pyc", False),
        ("a.ipynb", True),
        ("py", False),
        ("a.py/b", False),
    ],
)
def test_python_is_told_by_the_suffix(path: str, expected: bool) -> None:
    assert is_python(path) is expected


# Base and targets


def make_project(top: Path) -> Path:
    make(top, "project/pyproject.toml", "project/a.py", "project/src/b.py", "project/src/c.yaml")
    make(top, "project/tests/d.py")
    return top / "project"


ALL = ("a.py", "pyproject.toml", "src/b.py", "src/c.yaml", "tests/d.py")
PYTHON = ("a.py", "src/b.py", "tests/d.py")


@pytest.mark.parametrize(
    ("paths", "targets"),
    [
        ([], ALL),
        (["."], ALL),
        (["./src/.."], ALL),
        ([".", "src", "a.py"], ALL),
        (["src"], ("src/b.py", "src/c.yaml")),
        (["src/"], ("src/b.py", "src/c.yaml")),
        (["tests", "src/b.py"], ("src/b.py", "tests/d.py")),
        (["a.py"], ("a.py",)),
        (["a.py", "./a.py", "src/../a.py"], ("a.py",)),
        (["src/c.yaml"], ("src/c.yaml",)),
    ],
    ids=str,
)
def test_paths_in_the_working_folder_are_relative_to_it(
    paths: list[str], targets: tuple[str, ...], tmp_path: Path
) -> None:
    project = make_project(tmp_path)

    listing = list_files(paths, cwd=project)

    assert (listing.root, listing.base) == (".", project)
    assert listing.targets == targets
    assert listing.context == PYTHON
    assert listing.problems == ()


def test_absolute_path_in_the_working_folder_is_relative_to_it(tmp_path: Path) -> None:
    project = make_project(tmp_path)

    listing = list_files([str(project / "src" / "b.py")], cwd=project)

    assert (listing.root, listing.targets) == (".", ("src/b.py",))


@pytest.mark.parametrize(
    ("paths", "base", "targets", "context"),
    [
        (["../project"], "project", ALL, PYTHON),
        (
            ["../project/src"],
            "project/src",
            ("b.py", "c.yaml"),
            ("../a.py", "../tests/d.py", "b.py"),
        ),
        (["../project/src/b.py"], "project/src", ("b.py",), ("../a.py", "../tests/d.py", "b.py")),
        (
            ["../project/src", "../project/tests/d.py"],
            "project",
            ("src/b.py", "src/c.yaml", "tests/d.py"),
            PYTHON,
        ),
        (
            ["../project/src", "../project/a.py"],
            "project",
            ("a.py", "src/b.py", "src/c.yaml"),
            PYTHON,
        ),
        (
            [".", "../project/a.py"],
            ".",
            ("other/here.py", "project/a.py"),
            ("other/here.py", *(f"project/{name}" for name in PYTHON)),
        ),
    ],
    ids=lambda value: str(value) if isinstance(value, list) else "",
)
def test_paths_outside_the_working_folder_are_relative_to_what_holds_them(
    paths: list[str],
    base: str,
    targets: tuple[str, ...],
    context: tuple[str, ...],
    tmp_path: Path,
) -> None:
    make_project(tmp_path)
    make(tmp_path, "other/here.py")

    listing = list_files(paths, cwd=tmp_path / "other")

    assert listing.base == tmp_path / base
    assert listing.root == listing.base.as_posix()
    assert listing.targets == targets
    assert listing.context == context


def test_folder_next_to_one_whose_name_it_begins_with_is_outside_of_it(tmp_path: Path) -> None:
    make(tmp_path, "app/a.py", "app2/b.py")

    listing = list_files(["../app2"], cwd=tmp_path / "app")

    assert (listing.base, listing.targets) == (tmp_path / "app2", ("b.py",))


def test_paths_on_two_drives_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_paths: list[str]) -> str:
        raise ValueError("Paths don't have the same drive")

    make(tmp_path, "a.py", "cwd/b.py")
    monkeypatch.setattr(os.path, "commonpath", refuse)

    with pytest.raises(NothingToScanError, match="same drive: analyse them one by one"):
        list_files(["../a.py", "b.py"], cwd=tmp_path / "cwd")


# Context


def test_context_of_a_folder_without_a_project_is_the_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "app/b.py", "app/sub/c.py")

    listing = list_files(["app"], cwd=tmp_path)

    assert listing.context == ("app/b.py", "app/sub/c.py")


def test_context_of_a_file_without_a_project_is_its_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "app/b.py", "app/sub/c.py", "app/d.yaml")

    listing = list_files(["app/b.py"], cwd=tmp_path)

    assert listing.targets == ("app/b.py",)
    assert listing.context == ("app/b.py", "app/sub/c.py")


@pytest.mark.parametrize("marker", ["pyproject.toml", "setup.py", "setup.cfg"])
def test_context_is_the_nearest_project(marker: str, tmp_path: Path) -> None:
    make(tmp_path, "setup.cfg", "a.py", f"app/{marker}", "app/b.py", "app/src/c.py")

    listing = list_files(["app/src"], cwd=tmp_path)

    assert set(listing.context) - {"app/setup.py"} == {"app/b.py", "app/src/c.py"}


def test_context_joins_the_projects_of_all_paths(tmp_path: Path) -> None:
    make(tmp_path, "x/setup.cfg", "x/a.py", "x/b.py", "y/setup.cfg", "y/c.py", "y/d.py", "z.py")

    listing = list_files(["x/a.py", "y/c.py"], cwd=tmp_path)

    assert listing.context == ("x/a.py", "x/b.py", "y/c.py", "y/d.py")


def test_script_in_the_home_folder_does_not_draw_in_all_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "script.py", "other.py", "setup.cfg", "app/a.py", "app/b.py")
    monkeypatch.setenv("HOME", str(tmp_path))

    assert list_files(["script.py"], cwd=tmp_path).context == ("script.py",)
    assert list_files(["app/a.py"], cwd=tmp_path).context == ("app/a.py", "app/b.py")
    assert list_files(["."], cwd=tmp_path).context == (
        "app/a.py",
        "app/b.py",
        "other.py",
        "script.py",
    )


@needs_git
def test_context_is_the_whole_repository(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "app/pyproject.toml", "app/b.py", "ignored.py", "c.txt")
    (tmp_path / ".gitignore").write_text("ignored.py\n")
    git(tmp_path, "init", "-q")

    listing = list_files(["b.py"], cwd=tmp_path / "app")

    assert listing.targets == ("b.py",)
    assert listing.context == ("../a.py", "b.py")


@needs_git
def test_repository_is_listed_once_however_many_paths_lie_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "top/a.py", "top/app/b.py", "top/app/c.py", "bin/git")
    git(tmp_path / "top", "init", "-q")
    log = tmp_path / "log"
    fake = tmp_path / "bin" / "git"
    fake.write_text(f"#!/bin/sh\necho called >>'{log}'\nexec '{shutil.which('git')}' \"$@\"\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)

    listing = list_files([".", "app", "app/b.py", "a.py"], cwd=tmp_path / "top")

    assert listing.targets == ("a.py", "app/b.py", "app/c.py")
    assert log.read_text() == "called\n"


# What is named


@needs_git
def test_file_that_is_named_is_a_target_even_if_it_is_ignored(tmp_path: Path) -> None:
    make(tmp_path, "a.py", ".env", "notes")
    (tmp_path / ".gitignore").write_text("*\n")
    git(tmp_path, "init", "-q")

    assert list_files(["a.py", ".env", "notes"], cwd=tmp_path).targets == (".env", "a.py", "notes")
    # What is ignored for the secrets in it is read by the code all the same.
    assert list_files(["."], cwd=tmp_path).targets == (".env",)


@needs_git
@pytest.mark.parametrize("folder", ["build", "node_modules/x", "link"])
def test_folder_that_is_named_is_listed_even_if_the_project_leaves_it_out(
    folder: str, tmp_path: Path
) -> None:
    make(tmp_path, "build/a.py", "node_modules/x/a.py", "elsewhere/a.py")
    project = tmp_path / "project"
    make(project, "build/a.py", "node_modules/x/a.py")
    (project / "link").symlink_to("../elsewhere")
    (project / ".gitignore").write_text("build/\n")
    git(project, "init", "-q")

    listing = list_files([folder], cwd=project)

    assert listing.targets == (f"{folder}/a.py",)
    assert listing.context == (f"{folder}/a.py",)


@pytest.mark.parametrize(
    ("patterns", "paths", "targets"),
    [
        (["src/"], ["."], ("a.py", "pyproject.toml", "tests/d.py")),
        (["/src/b.py"], ["."], ("a.py", "pyproject.toml", "src/c.yaml", "tests/d.py")),
        (["b.py"], ["src/b.py", "a.py"], ("a.py",)),
        (["*.py", "!/a.py"], ["."], ("a.py", "pyproject.toml", "src/c.yaml")),
        (["src/"], ["src"], ()),
        (["/d.py"], ["tests"], ("tests/d.py",)),
    ],
    ids=str,
)
def test_exclude_holds_for_all_targets_and_leaves_the_context(
    patterns: list[str], paths: list[str], targets: tuple[str, ...], tmp_path: Path
) -> None:
    project = make_project(tmp_path)

    listing = list_files(paths, cwd=project, exclude=patterns)

    assert listing.targets == targets
    assert listing.context == PYTHON


def test_exclude_is_relative_to_where_the_settings_stand(tmp_path: Path) -> None:
    project = make_project(tmp_path)

    within = list_files(["."], cwd=project / "src", exclude=["/src/b.py"], exclude_from=project)
    beside = list_files(["."], cwd=project, exclude=["*.py"], exclude_from=project / "tests")

    assert within.targets == ("c.yaml",)
    assert beside.targets == ("a.py", "pyproject.toml", "src/b.py", "src/c.yaml")


# Links


def test_file_is_a_target_once_however_many_links_lead_to_it(tmp_path: Path) -> None:
    make(tmp_path, "outside.py", "top/a.py", "top/sub/b.py")
    top = tmp_path / "top"
    (top / "link.py").symlink_to("a.py")
    (top / "one.py").symlink_to("../outside.py")
    (top / "two.py").symlink_to("../outside.py")
    (top / "folder").symlink_to("sub")

    assert list_files(["."], cwd=top).targets == ("a.py", "one.py", "sub/b.py")
    assert list_files([".", "folder", "link.py"], cwd=top).targets == ("a.py", "one.py", "sub/b.py")
    assert list_files(["link.py", "a.py"], cwd=top).targets == ("a.py",)
    assert list_files(["link.py"], cwd=top).targets == ("a.py",)
    assert list_files(["folder"], cwd=top).targets == ("sub/b.py",)


def test_file_that_only_a_link_leads_to_is_linked_unless_it_is_named(tmp_path: Path) -> None:
    make(tmp_path, "outside.py", "top/a.py", "top/src/b.py")
    top = tmp_path / "top"
    (top / "src" / "out.py").symlink_to("../../outside.py")
    (top / "src" / "up.py").symlink_to("../a.py")
    (top / "src" / "same.py").symlink_to("b.py")
    (top / "src" / "loop").symlink_to(".")

    src = list_files(["src"], cwd=top)
    named = list_files(["src", "src/out.py"], cwd=top)

    assert src.targets == ("src/b.py", "src/out.py", "src/up.py")
    assert src.linked == {"src/out.py", "src/up.py"}
    assert list_files(["."], cwd=top).linked == {"src/out.py"}
    assert named.targets == src.targets
    assert named.linked == {"src/up.py"}
    assert list_files(["../outside.py", "src"], cwd=top).linked == {"top/src/up.py"}


def test_exclude_holds_for_both_names_of_a_file(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    (tmp_path / "link.py").symlink_to("a.py")

    assert list_files(["link.py"], cwd=tmp_path, exclude=["link.py"]).targets == ()
    assert list_files(["link.py"], cwd=tmp_path, exclude=["a.py"]).targets == ()


def test_base_that_is_reached_by_a_link_is_called_as_it_was_named(tmp_path: Path) -> None:
    make(tmp_path, "real/a.py", "elsewhere/b.py")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real" / "same.py").symlink_to("a.py")

    listing = list_files([str(tmp_path / "link")], cwd=tmp_path / "elsewhere")

    assert (listing.root, listing.targets) == (str(tmp_path / "link"), ("a.py",))


# Problems


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing.py", "does not exist"),
        ("a.py/b.py", "does not exist"),
        ("broken.py", "is a broken symbolic link"),
        ("loop.py", "is a symbolic link that leads back to itself"),
        ("pipe.py", "is a named pipe, not a file: not opened"),
        ("x" * 300, "cannot be read: File name too long"),
    ],
    ids=lambda value: value[:20],
)
def test_path_that_is_no_file_is_a_problem_and_the_rest_is_listed(
    path: str, message: str, tmp_path: Path
) -> None:
    make(tmp_path, "a.py")
    (tmp_path / "broken.py").symlink_to("nowhere")
    (tmp_path / "loop.py").symlink_to("loop.py")
    os.mkfifo(tmp_path / "pipe.py")

    listing = list_files([path, "a.py"], cwd=tmp_path)

    assert listing.targets == ("a.py",)
    assert listing.problems == (Problem(path, 1, "VAP902", message),)


def test_path_that_does_not_exist_does_not_move_the_base(tmp_path: Path) -> None:
    make(tmp_path, "cwd/a.py")

    listing = list_files(["a.py", "../missing"], cwd=tmp_path / "cwd")

    assert (listing.root, listing.targets) == (".", ("a.py",))
    missing = (tmp_path / "missing").as_posix()
    assert listing.problems == (Problem(missing, 1, "VAP902", "does not exist"),)


def test_nothing_that_exists_is_a_listing_of_problems(tmp_path: Path) -> None:
    listing = list_files(["b", "a"], cwd=tmp_path)

    assert (listing.root, listing.targets, listing.context) == (".", (), ())
    assert [problem.path for problem in listing.problems] == ["a", "b"]


def test_device_that_is_named_is_not_opened(tmp_path: Path) -> None:
    listing = list_files([os.devnull], cwd=tmp_path)

    assert listing.problems == (
        Problem(os.devnull, 1, "VAP902", "is a device, not a file: not opened"),
    )


def test_problems_are_those_of_the_targets(tmp_path: Path) -> None:
    make(tmp_path, "setup.cfg", "app/a.py", "old/b.py")
    for folder in ("app", "old", "generated"):
        make(tmp_path, f"{folder}/c.py")
        (tmp_path / folder / "broken.py").symlink_to("nowhere")

    listing = list_files(["app", "generated"], cwd=tmp_path, exclude=["generated/"])

    assert listing.problems == (Problem("app/broken.py", 1, "VAP902", "is a broken symbolic link"),)


@needs_git
def test_repository_that_git_does_not_trust_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.py", "kept/b.py", "sub/c.py")
    (tmp_path / ".gitignore").write_text("kept/\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-f", ".")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    listing = list_files(["."], cwd=tmp_path)
    below = list_files(["sub"], cwd=tmp_path)
    named = list_files(["kept"], cwd=tmp_path)

    assert listing.targets == (".gitignore", "a.py", "sub/c.py")
    assert below.targets == ("sub/c.py",)
    assert named.targets == ("kept/b.py",)
    for found, path in ((listing, "."), (below, "sub")):
        assert [(each.path, each.code) for each in found.problems] == [(path, "VAP902")]
        assert "safe.directory" in found.problems[0].message
    assert list_files(["a.py"], cwd=tmp_path).problems == ()


def test_folder_that_vanishes_while_it_is_listed_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: str) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "sub").mkdir()
    monkeypatch.setattr(os, "scandir", refuse)

    listing = list_files(["."], cwd=tmp_path)
    below = list_files(["sub"], cwd=tmp_path)

    assert listing.problems == (Problem(".", 1, "VAP902", "cannot be read: Permission denied"),)
    assert below.problems == (Problem("sub", 1, "VAP902", "cannot be read: Permission denied"),)


def test_name_that_is_not_utf_8_can_be_opened(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    try:
        (tmp_path / name).write_text("word")
    except OSError:
        pytest.skip("this file system has no such names")

    listing = list_files([name], cwd=tmp_path)

    assert listing.targets == list_files(["."], cwd=tmp_path).targets == (name,)
    assert (listing.base / listing.targets[0]).read_text() == "word"


def test_what_a_killed_run_left_is_no_target_unless_it_is_named(tmp_path: Path) -> None:
    stray = ".a.py.vapid-to-rest-abcdefgh.tmp"
    for name in ("a.py", stray):
        (tmp_path / name).touch()

    assert list_files(["."], cwd=tmp_path).targets == ("a.py",)
    assert list_files([stray], cwd=tmp_path).targets == (stray,)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        *((name, True) for name in (".env", "prod.env", ".env.local", ".envrc")),
        *((name, False) for name in ("env.py", "sources/env.py", "env.ipynb", "my.env.pyi")),
    ],
)
def test_code_that_is_called_env_holds_no_variables(name: str, is_one: bool) -> None:
    assert is_environment(name) is is_settings(name) is is_one
