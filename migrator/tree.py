"""Lists the files of one folder: those that git knows or would, else what a walk finds."""

# Paths are strings with forward slashes here: as Path objects, thousands of them would
# take longer to put together than to read.
# ruff: noqa: PTH114, PTH116, PTH118

from __future__ import annotations

import errno
import os
import stat

from migrator.ignore import Ignore, is_ignored, read_ignore

TYPE_CHECKING = False  # typing's own is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CHECKPOINTS = ".ipynb_checkpoints"
"""Where Jupyter keeps copies of notebooks: skipped even where git tracks them."""

_SKIPPED = frozenset(
    {".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".tox", ".nox"}
    | {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
    | {_CHECKPOINTS}
)
_VENV_MARK = "pyvenv.cfg"
_GIT_FOLDER = frozenset({"HEAD", "objects", "refs"})
"""What a bare repository is made of, as is the .git of others: packed files, and no source."""

_GIT_LIST = ("ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard")
_UNTRACKED = "? "

_REFUSED = (
    "git does not trust this repository, which another user owns, as in a container: what it "
    "tracks although .gitignore names it is left out; add it to safe.directory with "
    "`git config --global`"
)

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Tree:
    """What stands in a folder: paths relative to it, with forward slashes, in any order.

    ``links`` lead to regular files; ``problems`` are paths with what is wrong there.
    """

    # No dataclass: those take longer to import than a thousand files to list.
    __slots__ = ("files", "links", "problems")

    def __init__(self) -> None:
        self.files: list[str] = []
        self.links: list[str] = []
        self.problems: list[tuple[str, str]] = []

    def graft(self, folder: str, tree: Tree) -> None:
        """Add what stands in a folder of this one."""
        self.files.extend(f"{folder}/{name}" for name in tree.files)
        self.links.extend(f"{folder}/{name}" for name in tree.links)
        self.problems.extend(
            (f"{folder}/{name}".rstrip("/"), reason) for name, reason in tree.problems
        )

    def below(self, folder: str) -> Tree:
        """Return what stands in a folder of this one, relative to that."""
        start = f"{folder}/"
        cut = len(start)
        tree = Tree()
        tree.files += (name[cut:] for name in self.files if name.startswith(start))
        tree.links += (name[cut:] for name in self.links if name.startswith(start))
        tree.problems += (
            # Without a name, what is wrong with all of it.
            (name[cut:], reason)
            for name, reason in self.problems
            if name.startswith(start) or not name
        )
        return tree


def list_tree(top: str) -> Tree:
    """List a folder as git does where it is a repository, else by a walk.

    Git is asked once a repository, for what it tracks and what it would; repositories in
    it are listed in their turn. Where git is missing, refuses, or cannot see all, the
    walk takes its place.
    """
    rows = _ask_git(top) if os.path.lexists(os.path.join(top, ".git")) else None
    if isinstance(rows, list):
        return _sort_rows(top, rows)
    tree = walk_tree(top)
    if rows is not None:
        tree.problems.append(("", rows))
    return tree


def describe_failure(error: OSError) -> str:
    """Say why a path could not be looked at."""
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return "does not exist"
        case errno.ELOOP:
            return "is a symbolic link that leads back to itself"
        case _:
            return f"cannot be read: {error.strerror}"


def describe_kind(mode: int) -> str | None:
    """Say what a thing is that is neither a folder nor a regular file; None if it is one."""
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "something else")
    return f"is {kind}, not a file: not opened"


def look_at(path: str) -> int | str:
    """Return the mode of what a path leads to, or what is wrong with it; opens nothing."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError as error:
        is_link = os.path.islink(path)
        return "is a broken symbolic link" if is_link else describe_failure(error)
    except OSError as error:
        return describe_failure(error)
    return describe_kind(mode) or mode


# Git


def _ask_git(top: str) -> list[str] | str | None:
    """Return a row a file, its tag before it; None where git does not give a full list.

    What the user must know of that, and can do about it, comes as a text.
    """
    from migrator.git import GitError, run_git  # noqa: PLC0415 - only where there is a repository

    try:
        result = run_git(top, *_GIT_LIST)
    except GitError:
        return None
    if result.returncode and b"safe.directory" in result.stderr:  # in every language of git's
        return _REFUSED
    # A folder that git may not open is a warning and a success to it.
    if result.returncode or b"could not open directory" in result.stderr:
        return None
    return os.fsdecode(result.stdout).split("\0")[:-1]


def _sort_rows(top: str, rows: Sequence[str]) -> Tree:
    tree = Tree()
    for name in _drop_environments(rows):
        try:
            mode = os.lstat(f"{top}/{name}").st_mode
        except (FileNotFoundError, NotADirectoryError):
            continue  # deleted, and git not told yet
        except OSError as error:
            tree.problems.append((name, describe_failure(error)))
            continue
        if stat.S_ISREG(mode):
            tree.files.append(name)
        elif stat.S_ISDIR(mode):
            # A submodule, or a repository that git leaves alone: "name/".
            folder = name.rstrip("/")
            tree.graft(folder, list_tree(os.path.join(top, folder)))
        else:
            _add_other(tree, top, name)
    return tree


def _drop_environments(rows: Iterable[str]) -> set[str]:
    """Return the names, without what nobody tracks in folders that a walk would skip."""
    tracked: set[str] = set()
    others: set[str] = set()
    for row in rows:
        (others if row.startswith(_UNTRACKED) else tracked).add(row[len(_UNTRACKED) :])
    venvs = tuple(
        name.removesuffix(_VENV_MARK) for name in others if name.endswith(f"/{_VENV_MARK}")
    )
    return {name for name in tracked if _CHECKPOINTS not in name.split("/")} | {
        name
        for name in others
        if not name.startswith(venvs) and _SKIPPED.isdisjoint(name.split("/"))
    }


def _add_other(tree: Tree, top: str, name: str) -> None:
    """Note a link by where it leads, and anything else as a problem."""
    found = look_at(os.path.join(top, name))
    if isinstance(found, str):
        tree.problems.append((name, found))
    elif stat.S_ISREG(found):
        tree.links.append(name)


# Walk


def walk_tree(top: str) -> Tree:
    """List a folder without git: all files that no ``.gitignore`` at or below it names.

    Leaves out what version control, package managers and caches keep for themselves, and
    virtual environments. Does not follow links to folders.
    """
    tree = Tree()
    pending: list[tuple[str, tuple[Ignore, ...]]] = [("", ())]
    while pending:
        prefix, ignores = pending.pop()
        folder = os.path.join(top, prefix)
        try:
            with os.scandir(folder) as entries:
                found = list(entries)
            names = {entry.name for entry in found}
            if (prefix and _VENV_MARK in names) or names >= _GIT_FOLDER:
                continue
            if prefix and ".git" in names:
                tree.graft(prefix[:-1], list_tree(folder[:-1]))
                continue
            if ".gitignore" in names:
                ignores = (*ignores, *read_ignore(folder, prefix))
            pending.extend(_sort_entries(tree, top, prefix, found, ignores))
        except OSError as error:
            tree.problems.append((prefix[:-1], describe_failure(error)))
    return tree


def _sort_entries(
    tree: Tree,
    top: str,
    prefix: str,
    entries: Iterable[os.DirEntry[str]],
    ignores: tuple[Ignore, ...],
) -> list[tuple[str, tuple[Ignore, ...]]]:
    """Note the files of one folder, and return the folders in it that are to be walked."""
    folders = []
    for entry in entries:
        name = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in _SKIPPED and not is_ignored(name, ignores, is_folder=True):
                folders.append((f"{name}/", ignores))
        elif not is_ignored(name, ignores, is_folder=False):
            if entry.is_file(follow_symlinks=False):
                tree.files.append(name)
            else:
                _add_other(tree, top, name)
    return folders
