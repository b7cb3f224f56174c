"""What stands in a folder, with git and without."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from migrator.tree import list_tree, walk_tree

GIT = shutil.which("git")

needs_git = pytest.mark.skipif(GIT is None, reason="git is not installed")


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Give up the rights of the superuser, to whom no folder is closed."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def make(top: Path, *names: str, **texts: str) -> None:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts.get("text", ""))


def git(top: Path, *args: str) -> str:
    return subprocess.run(
        ["git", "-C", top, "-c", "user.name=A", "-c", "user.email=a@example.com", *args],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def make_repository(top: Path) -> None:
    top.mkdir(parents=True, exist_ok=True)
    git(top, "init", "-q")


def install_git(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program that is called git before the real one."""
    folder.mkdir()
    fake = folder / "git"
    fake.write_text(script)
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


# Walk


def test_walk_finds_files_of_every_kind_at_every_depth(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "b/c.yaml", "b/d/.env", "b/d/e", ".github/f.yml")

    tree = walk_tree(str(tmp_path))

    assert sorted(tree.files) == [".github/f.yml", "a.py", "b/c.yaml", "b/d/.env", "b/d/e"]
    assert (tree.links, tree.problems) == ([], [])


@pytest.mark.parametrize(
    "folder",
    [
        *(".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".tox"),
        *(".nox", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"),
    ],
)
def test_walk_leaves_out_folders_of_tools(folder: str, tmp_path: Path) -> None:
    make(tmp_path, "a.py", f"sub/{folder}/b.py")

    assert walk_tree(str(tmp_path)).files == ["a.py"]


def test_walk_leaves_out_virtual_environments_whatever_they_are_called(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "mine/pyvenv.cfg", "mine/lib/b.py")

    assert walk_tree(str(tmp_path)).files == ["a.py"]
    assert sorted(walk_tree(str(tmp_path / "mine")).files) == ["lib/b.py", "pyvenv.cfg"]


def test_walk_leaves_out_bare_repositories(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    make(tmp_path, "a.py", "objects/b.py", "refs/c.py")

    assert sorted(walk_tree(str(tmp_path)).files) == ["a.py", "objects/b.py", "refs/c.py"]
    assert walk_tree(str(tmp_path / "bare.git")).files == []


def test_walk_enters_a_folder_that_is_called_like_a_module(tmp_path: Path) -> None:
    make(tmp_path, "x.py/y.py")

    assert walk_tree(str(tmp_path)).files == ["x.py/y.py"]


def test_walk_does_not_follow_links_to_folders(tmp_path: Path) -> None:
    make(tmp_path, "a/b.py")
    (tmp_path / "again").symlink_to("a")
    (tmp_path / "a" / "up").symlink_to("..")

    tree = walk_tree(str(tmp_path))

    assert (tree.files, tree.links, tree.problems) == (["a/b.py"], [], [])


def test_walk_tells_links_from_files(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    (tmp_path / "b.py").symlink_to("a.py")

    tree = walk_tree(str(tmp_path))

    assert (tree.files, tree.links) == (["a.py"], ["b.py"])


def test_walk_names_what_is_no_file_and_opens_none_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    os.mkfifo("pipe.py")
    Path("broken.py").symlink_to("nowhere")
    Path("loop.py").symlink_to("loop.py")
    Path("null.py").symlink_to(os.devnull)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.py")

        tree = walk_tree(".")

    assert tree.files == []
    assert sorted(tree.problems) == [
        ("broken.py", "is a broken symbolic link"),
        ("loop.py", "is a symbolic link that leads back to itself"),
        ("null.py", "is a device, not a file: not opened"),
        ("pipe.py", "is a named pipe, not a file: not opened"),
        ("socket.py", "is a socket, not a file: not opened"),
    ]


def test_walk_names_a_folder_that_it_may_not_enter() -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        top.chmod(0o755)
        make(top, "a.py", "closed/b.py")
        (top / "closed").chmod(0)

        with unprivileged():
            tree = walk_tree(name)

        (top / "closed").chmod(0o755)
        assert tree.files == ["a.py"]
        assert tree.problems == [("closed", "cannot be read: Permission denied")]


def test_walk_names_a_folder_that_is_gone(tmp_path: Path) -> None:
    assert walk_tree(str(tmp_path / "gone")).problems == [("", "does not exist")]


# .gitignore

FILES = (
    *("a.py", "a.log", "keep.log", "build/a.py", "build/keep.py", "src/a.py", "src/a.log"),
    *("src/build/a.py", "src/sub/a.py", "src/sub/keep.log", "doc/a.txt", "doc/sub/a.txt"),
    *("we ird/a.py", "#a.py", "!a.py", "[a].py"),
)


@needs_git
@pytest.mark.parametrize(
    "ignores",
    [
        {"": "*.log\n"},
        {"": "*.log\n!keep.log\n"},
        {"": "build/\n"},
        {"": "/build\n"},
        {"": "src/build\n"},
        {"": "build/*\n!build/keep.py\n"},
        {"": "build/**\n!build/keep.py\n"},
        {"": "*\n!src/\n"},
        {"": "*\n!src/\n!src/**\n"},
        {"": "**/\n!/src/\n"},
        {"": "/**/a.py\n"},
        {"": "s*/*.log\n"},
        {"": "**\n!src\n!*.log\n"},
        {"": "[z-a].py\n[b-a]\n*.log\n"},
        {"": "build/\n!build/keep.py\n"},
        {"": "/*\n!/src\n"},
        {"": "*\n!*/\n!*.py\n"},
        {"": "**/sub/\n"},
        {"": "doc/**/a.txt\n"},
        {"": "doc/**\n"},
        {"": "# a comment\n\n\\#a.py\n\\!a.py\n"},
        {"": "we ird/\n"},
        {"": "*.log   \n"},
        {"": "*.log\r\nbuild/\r\n"},
        {"": "\ufeff*.log\n"},
        {"": "*.log"},
        {"": "[[]a].py\n"},
        {"": "[ab].py\n?.log\n"},
        {"": "!\n\\\n[\n*.log\n"},
        {"": "# nothing but a comment\n"},
        {"": ""},
        {"": "*.log\n", "src": "!*.log\n"},
        {"src": "*.log\n"},
        {"src": "/sub\n"},
        {"src": "/a.py\n", "src/sub": "!a.py\n*.log\n"},
        {"": "*.py\n", "src": "!sub/\n!sub/a.py\n"},
        {"": "*\n"},
        {"": ".gitignore\n"},
    ],
    ids=repr,
)
def test_walk_ignores_what_git_ignores(ignores: dict[str, str], tmp_path: Path) -> None:
    make(tmp_path, *FILES)
    for folder, text in ignores.items():
        (tmp_path / folder / ".gitignore").write_bytes(text.encode())
    walked = walk_tree(str(tmp_path))

    make_repository(tmp_path)

    expected = git(tmp_path, "ls-files", "-z", "--others", "--exclude-standard")
    assert sorted(walked.files) == sorted(expected.split("\0")[:-1])
    assert walked.problems == []


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_gitignore_that_is_no_file_ignores_nothing(kind: str, tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    make(tmp_path, "rules", text="*.py\n")
    ignore = tmp_path / ".gitignore"
    match kind:
        case "link":
            ignore.symlink_to("rules")
        case "pipe":
            os.mkfifo(ignore)
        case _:
            ignore.mkdir()

    assert "a.py" in walk_tree(str(tmp_path)).files


def test_gitignore_that_may_not_be_read_ignores_nothing() -> None:
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        top.chmod(0o755)
        make(top, "a.py")
        make(top, ".gitignore", text="*.py\n")
        (top / ".gitignore").chmod(0)

        with unprivileged():
            tree = walk_tree(name)

        assert sorted(tree.files) == [".gitignore", "a.py"]


# Git


@needs_git
def test_repository_lists_what_is_tracked_and_what_would_be(tmp_path: Path) -> None:
    make_repository(tmp_path)
    make(tmp_path, "tracked.py", "ignored-but-tracked.log", "new.py", "sub/new.yaml", "b.log")
    make(tmp_path, ".gitignore", text="*.log\n")
    git(tmp_path, "add", "-f", "tracked.py", "ignored-but-tracked.log")

    tree = list_tree(str(tmp_path))

    assert sorted(tree.files) == [
        *(".gitignore", "ignored-but-tracked.log", "new.py", "sub/new.yaml", "tracked.py")
    ]


@needs_git
def test_what_git_says_beside_the_list_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_repository(tmp_path)
    make(tmp_path, "kept.py")
    make(tmp_path, ".gitignore", text="kept.py\n")
    git(tmp_path, "add", "-f", "kept.py")
    for name, value in {"GIT_TRACE": "1", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}.items():
        monkeypatch.setenv(name, value)

    assert "kept.py" in list_tree(tmp_path.as_posix()).files


@needs_git
def test_repository_leaves_out_what_is_deleted(tmp_path: Path) -> None:
    make_repository(tmp_path)
    make(tmp_path, "a.py", "gone.py", "sub/gone.py")
    git(tmp_path, "add", ".")
    (tmp_path / "gone.py").unlink()
    shutil.rmtree(tmp_path / "sub")
    make(tmp_path, "sub")  # now a file where a folder was

    tree = list_tree(str(tmp_path))

    assert sorted(tree.files) == ["a.py", "sub"]
    assert tree.problems == []


@needs_git
def test_repository_leaves_out_environments_unless_they_are_tracked(tmp_path: Path) -> None:
    make_repository(tmp_path)
    make(tmp_path, "a.py", "env/pyvenv.cfg", "env/lib/b.py", "node_modules/c.js", "kept/venv/d.py")
    git(tmp_path, "add", "kept/venv/d.py")

    assert sorted(list_tree(str(tmp_path)).files) == ["a.py", "kept/venv/d.py"]


@needs_git
def test_repository_names_links_and_what_is_no_file(tmp_path: Path) -> None:
    make_repository(tmp_path)
    make(tmp_path, "a.py", "pipe.py")
    (tmp_path / "b.py").symlink_to("a.py")
    (tmp_path / "broken.py").symlink_to("nowhere")
    git(tmp_path, "add", ".")
    (tmp_path / "pipe.py").unlink()
    os.mkfifo(tmp_path / "pipe.py")

    tree = list_tree(str(tmp_path))

    assert (tree.files, tree.links) == (["a.py"], ["b.py"])
    assert sorted(tree.problems) == [
        ("broken.py", "is a broken symbolic link"),
        ("pipe.py", "is a named pipe, not a file: not opened"),
    ]


@needs_git
@pytest.mark.parametrize("is_submodule", [False, True], ids=["embedded", "submodule"])
def test_repository_in_a_repository_is_listed_by_its_own_rules(
    is_submodule: bool, tmp_path: Path
) -> None:
    make_repository(tmp_path)
    inner = tmp_path / "sub" / "inner"
    make_repository(inner)
    make(inner, "a.py", "b.log")
    make(inner, ".gitignore", text="*.log\n")
    (inner / "broken.py").symlink_to("nowhere")
    git(inner, "add", ".")
    git(inner, "commit", "-qm", "First")
    if is_submodule:
        git(tmp_path, "add", "sub/inner")

    tree = list_tree(str(tmp_path))

    assert sorted(tree.files) == ["sub/inner/.gitignore", "sub/inner/a.py"]
    assert tree.problems == [("sub/inner/broken.py", "is a broken symbolic link")]


@needs_git
def test_repository_below_a_plain_folder_is_listed_by_its_own_rules(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    inner = tmp_path / "sub" / "inner"
    make_repository(inner)
    make(inner, "tracked.log", "b.log")
    make(inner, ".gitignore", text="*.log\n")
    git(inner, "add", "-f", "tracked.log")

    tree = list_tree(str(tmp_path))

    assert sorted(tree.files) == ["a.py", "sub/inner/.gitignore", "sub/inner/tracked.log"]


@needs_git
def test_repository_that_a_hook_speaks_of_is_not_taken_for_the_listed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, other = tmp_path / "ours", tmp_path / "other"
    for folder in (ours, other):
        make_repository(folder)
        make(folder, f"{folder.name}.py")
        git(folder, "add", ".")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))

    assert list_tree(str(ours)).files == ["ours.py"]


@needs_git
def test_repository_whose_settings_name_a_program_does_not_get_it_run(tmp_path: Path) -> None:
    make_repository(tmp_path)
    make(tmp_path, "a.py")
    git(tmp_path, "add", ".")
    program = tmp_path / ".git" / "program"
    program.write_text(f"#!/bin/sh\necho ran >>'{tmp_path}/.git/ran'\n")
    program.chmod(0o755)
    git(tmp_path, "config", "core.fsmonitor", str(program))

    tree = list_tree(str(tmp_path))

    assert tree.files == ["a.py"]
    assert not (tmp_path / ".git" / "ran").exists()
    git(tmp_path, "ls-files", "--others")
    assert (tmp_path / ".git" / "ran").exists(), "git by itself would run it"


@needs_git
def test_names_that_are_not_utf_8_and_odd_ones_are_listed(tmp_path: Path) -> None:
    names = [b"caf\xe9.py", b"new\nline.py", b'quo"te.py', "ü.py".encode(), b"-x.py", b" a .py"]
    for name in names:
        try:
            (tmp_path / os.fsdecode(name)).touch()
        except OSError:
            pytest.skip("this file system has no such names")
    walked = list_tree(str(tmp_path))

    make_repository(tmp_path)

    assert sorted(walked.files) == sorted(os.fsdecode(name) for name in names)
    assert sorted(list_tree(str(tmp_path)).files) == sorted(walked.files)


@pytest.mark.parametrize(
    "script",
    [
        "#!/bin/sh\nprintf 'H b.log\\0'; exit 128\n",
        "#!/bin/sh\nprintf 'H b.log\\0'; echo \"warning: could not open directory\" >&2\n",
        "\0 no program\n",
    ],
    ids=["refuses", "warns", "does-not-run"],
)
def test_repository_that_git_does_not_list_is_walked(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "top/.git/config", "top/a.py", "top/b.log")
    make(tmp_path, "top/.gitignore", text="*.log\n")
    install_git(tmp_path / "bin", monkeypatch, script)

    assert sorted(list_tree(str(tmp_path / "top")).files) == [".gitignore", "a.py"]


def test_repository_is_walked_where_git_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, ".git/config", "a.py", "sub/.git/config", "sub/b.py")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert sorted(list_tree(str(tmp_path)).files) == ["a.py", "sub/b.py"]


def test_tracked_file_that_cannot_be_looked_at_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "top/.git/config", "top/a.py")
    script = f"#!/bin/sh\nprintf 'H a.py\\0H {'x' * 300}\\0'\n"
    install_git(tmp_path / "bin", monkeypatch, script)

    tree = list_tree(str(tmp_path / "top"))

    assert tree.files == ["a.py"]
    assert tree.problems == [("x" * 300, "cannot be read: File name too long")]
