"""Lists the files of a run: those to report on, and those that names are resolved through."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from migrator.values import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pathspec import GitIgnoreSpec

_SKIPPED = frozenset(
    {".git", ".hg", ".svn", "node_modules", "__pycache__", ".tox", ".nox"}
    | {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
)
_PROJECT_MARKS = ("pyproject.toml", "setup.py", "setup.cfg")
_PYTHON = (".py", ".pyi", ".pyw")


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a run, as paths relative to ``base`` with forward slashes, in order.

    ``targets`` are reported on; ``context`` are the Python files of the projects that
    they belong to, targets included. ``root`` is ``.`` where ``base`` is the current
    folder, else ``base`` itself.
    """

    root: str
    base: Path
    targets: tuple[str, ...]
    context: tuple[str, ...]
    problems: tuple[Problem, ...]


def is_python(path: str) -> bool:
    """Tell a Python file by its name."""
    return path.lower().endswith(_PYTHON)


def display_path(path: str) -> str:
    r"""Return a path that can be printed: bytes that are no UTF-8 become ``\xNN``."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def list_files(paths: Sequence[str], *, cwd: Path, exclude: Sequence[str] = ()) -> Listing:
    """List the files that paths name.

    A folder stands for the files that git tracks or would track, or where there is no
    repository for those that no ``.gitignore`` rules out. A file that is named is always
    taken, unless a pattern of ``exclude`` (relative to ``cwd``) rules it out: hooks name
    every file.
    """
    cwd = Path(os.path.abspath(cwd))  # noqa: PTH100 - resolve() would follow symbolic links
    given = [Path(os.path.normpath(cwd / path)) for path in paths]
    base = _base_of(given, cwd)
    excluded = _spec(exclude) if exclude else None
    problems: list[Problem] = []
    targets: dict[str, None] = {}
    listed: dict[Path, list[Path]] = {}
    for path in given:
        problem = _problem_with(path, base)
        if problem is not None:
            problems.append(problem)
            continue
        found = _list_folder(path, listed) if path.is_dir() else [path]
        for file in found:
            relative = _relative(file, base)
            if excluded is None or not excluded.match_file(_relative(file, cwd)):
                targets[relative] = None
    kept: list[str] = []
    for relative in sorted(targets):
        problem = _problem_with(base / relative, base)
        if problem is None:
            kept.append(relative)
        elif problem not in problems:
            problems.append(problem)
    context = _list_context(given, base, listed)
    root = "." if base == cwd else base.as_posix()
    return Listing(
        root, base, tuple(kept), tuple(sorted({*context, *filter(is_python, kept)})),
        tuple(problems),
    )  # fmt: skip


def _base_of(given: Sequence[Path], cwd: Path) -> Path:
    """Return the folder that a run's paths are relative to."""
    if all(path == cwd or cwd in path.parents for path in given):
        return cwd
    folders = [path if path.is_dir() else path.parent for path in given]
    return Path(os.path.commonpath(folders))


def _relative(path: Path, base: Path) -> str:
    return os.path.relpath(path, base).replace(os.sep, "/")


def _problem_with(path: Path, base: Path) -> Problem | None:
    """Return why a path cannot be read, None where it can. Nothing is opened."""
    shown = _relative(path, base)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        reason = "is a broken symbolic link" if path.is_symlink() else "does not exist"
        return Problem(shown, 1, "VAP902", reason)
    except OSError as error:
        return Problem(shown, 1, "VAP902", f"cannot be read: {error.strerror or error}")
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return Problem(shown, 1, "VAP902", "is neither a file nor a folder")
    return None


# Folders


def _list_folder(folder: Path, listed: dict[Path, list[Path]]) -> list[Path]:
    if folder not in listed:
        top = _repository_of(folder)
        found = _ask_git(folder) if top is not None else None
        listed[folder] = list(_walk(folder, [])) if found is None else found
    return listed[folder]


def _repository_of(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def _ask_git(folder: Path) -> list[Path] | None:
    """Return what git tracks or would track below a folder, None where it does not say.

    Nested repositories, which git names as folders, are asked in turn. Settings of the
    repository that would run a program are switched off.
    """
    git = shutil.which("git")
    if git is None:
        return None
    command = [
        git, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
        "-c", "safe.directory=*", "ls-files", "-z",
        "--cached", "--others", "--exclude-standard", "--deduplicate", "--", ".",
    ]  # fmt: skip
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed command, no shell
            command, cwd=folder, env=environment, capture_output=True, check=False
        )
    except OSError:
        return None
    if answer.returncode:
        return None
    found: list[Path] = []
    for name in answer.stdout.split(b"\0"):
        if not name:
            continue
        path = folder / os.fsdecode(name)
        if path.is_dir() and not path.is_symlink():
            inner = _ask_git(path)
            found.extend(inner if inner is not None else _walk(path, []))
        elif path.is_symlink() or path.exists():
            found.append(path)
    return [path for path in found if not (path.is_symlink() and path.is_dir())]


def _walk(folder: Path, rules: list[tuple[Path, GitIgnoreSpec]]) -> Iterator[Path]:
    """Yield the files below a folder that no ``.gitignore`` in or above them rules out."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    if any(entry.name == ".gitignore" and entry.is_file() for entry in entries):
        lines = (folder / ".gitignore").read_text("utf-8", "replace").splitlines()
        rules = [*rules, (folder, _spec(lines))]
    for entry in entries:
        path = folder / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if rules and _is_ignored(path, rules, is_folder=is_folder):
            continue
        if is_folder:
            if entry.name not in _SKIPPED and not (path / "pyvenv.cfg").exists():
                yield from _walk(path, rules)
        elif not (entry.is_symlink() and path.is_dir()):
            yield path


def _is_ignored(
    path: Path, rules: Sequence[tuple[Path, GitIgnoreSpec]], *, is_folder: bool
) -> bool:
    """Apply the nearest rule that speaks of a path."""
    for folder, spec in reversed(rules):
        name = _relative(path, folder) + ("/" if is_folder else "")
        verdict = spec.check_file(name).include
        if verdict is not None:
            return verdict
    return False


def _spec(lines: Iterable[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - only where there is a rule

    return GitIgnoreSpec.from_lines(lines)


# Context


def _list_context(
    given: Sequence[Path], base: Path, listed: dict[Path, list[Path]]
) -> Iterator[str]:
    """Yield the Python files of the projects that paths belong to."""
    seen: set[Path] = set()
    for path in given:
        folder = path if path.is_dir() else path.parent
        top = _project_of(folder)
        if top not in seen and folder.is_dir():
            seen.add(top)
            for file in _list_folder(top, listed):
                relative = _relative(file, base)
                if is_python(relative):
                    yield relative


def _project_of(folder: Path) -> Path:
    """Return the folder of the project: its repository, else where its settings stand."""
    top = _repository_of(folder)
    if top is not None:
        return top
    for each in (folder, *folder.parents):
        if any((each / mark).is_file() for mark in _PROJECT_MARKS):
            return each
    return folder
