"""Copies a project to where it may be changed and run, without what is large and never changes."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from migrator.prove.errors import ProveError

_LEFT_OUT = frozenset(
    {".git", ".hg", ".svn", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
)
_LINKED = frozenset({"node_modules", ".tox", ".nox", "site-packages"})
_LARGEST = 2 * 1024**3
"""Bytes: beyond, it is likely no project that was named, but a home folder or a disk."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a project: paths relative to it.

    ``linked`` are folders that a copy shares with the original, such as a virtual environment.
    """

    folders: tuple[str, ...]
    files: tuple[str, ...]
    links: tuple[str, ...]
    linked: tuple[str, ...]


def list_contents(top: Path) -> Contents:
    """List what a copy of a project needs. Raises ProveError where that is too much."""
    folders: list[str] = []
    files: list[str] = []
    links: list[str] = []
    linked: list[str] = []
    size = 0
    for entry, path in _walk(top, ""):
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            links.append(path)
        elif stat.S_ISREG(status.st_mode):
            files.append(path)
            size += status.st_size
        elif stat.S_ISDIR(status.st_mode):
            (linked if _is_shared(entry) else folders).append(path)
        if size > _LARGEST:
            raise ProveError(
                f"{top} holds more than {_LARGEST // 1024**3} GiB to copy: name the folder of the "
                "project with --project"
            )
    return Contents(tuple(folders), tuple(files), tuple(links), tuple(linked))


def _walk(top: Path, relative: str) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yield what is below a folder: a folder before what is in it."""
    with os.scandir(top / relative) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder and entry.name in _LEFT_OUT:
            continue
        path = f"{relative}/{entry.name}" if relative else entry.name
        yield entry, path
        if is_folder and not _is_shared(entry):
            yield from _walk(top, path)


def _is_shared(entry: os.DirEntry[str]) -> bool:
    """Tell whether a folder holds what was installed, and so is large and is not edited."""
    return entry.name in _LINKED or os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))  # noqa: PTH110, PTH118


def copy_project(top: Path, contents: Contents, copy: Path) -> None:
    """Make a copy in a folder that is not there yet; of a link, the link. Raises OSError."""
    copy.mkdir(parents=True)
    for folder in contents.folders:
        (copy / folder).mkdir()
    for file in contents.files:
        shutil.copy2(top / file, copy / file)
    for folder in contents.linked:
        (copy / folder).symlink_to(top / folder, target_is_directory=True)
    for link in contents.links:
        (copy / link).symlink_to(_lead_link(top, link, copy))


def _lead_link(top: Path, link: str, copy: Path) -> str:
    """Return where a link of the copy leads: into the copy, where the original's led into it."""
    target = (top / link).readlink()
    whole = Path(os.path.normpath((top / link).parent / target))
    if not whole.is_relative_to(top):
        return str(whole)
    return os.path.relpath(copy / whole.relative_to(top), (copy / link).parent)
