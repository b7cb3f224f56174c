"""Finds the files of a run: those to report on, and those that explain the names in them."""

# Paths are strings with forward slashes here: as Path objects, thousands of them would
# take longer to put together than to read.
# ruff: noqa: PTH100, PTH111, PTH112, PTH118, PTH120

# Only what is quick to import: where nothing is found, listing the files is most of a run.

from __future__ import annotations

import itertools
import os
import re
import stat
from functools import lru_cache

from migrator.drafts import is_draft
from migrator.errors import NothingToScanError
from migrator.ignore import compile_pattern
from migrator.tree import Tree, list_tree, look_at, walk_tree

TYPE_CHECKING = False  # typing's own is slow to import
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from migrator.values import Problem

UNREADABLE = "VAP902"
"""The code of problems with what is not there, is no file, or may not be read."""

_ENVIRONMENT = re.compile(r"(?:^|\.)env(?:\.|$)|^\.?envrc$", re.IGNORECASE)
_SETTINGS = (".json", ".toml", ".yaml", ".yml", ".ini", ".cfg", ".conf")
_MARKERS = ("pyproject.toml", "setup.py", "setup.cfg")


class Listing:
    """The files of a run; not to be changed.

    ``folder`` is the absolute folder that all paths are relative to, ``../`` where they
    stand outside it, and ``base`` is the same; ``root`` is what to call it: ``.`` where it
    is the working folder.
    ``targets`` are the files to report on, of any kind; ``linked`` are those of them that
    nobody named and only a link leads to, ``ignored`` those that nobody named and git
    ignores: not to be edited. ``context`` are the Python files of the projects that the
    targets belong to, read only as far as names lead to them, and ``settings`` those that
    code may read by name. ``folders`` are those that
    were given and exist, as seen from the working folder; ``excluded`` counts what the
    settings took from the targets; ``instead`` has contents to take in the place of
    files', which need not exist. All is sorted. A byte of a name that is not UTF-8
    stays in it as a lone surrogate, with which the file can be opened; whoever shows a
    path spells it out.
    """

    # No dataclass, and no Path until it is asked for: either takes longer to import than
    # a thousand files to list.
    __slots__ = (
        *("root", "folder", "targets", "problems", "linked", "ignored", "folders", "excluded"),
        *("instead", "_around", "_context", "_settings"),
    )

    def __init__(
        self,
        *,
        root: str,
        folder: str,
        targets: tuple[str, ...],
        around: frozenset[str],
        problems: tuple[Problem, ...],
        linked: frozenset[str],
        ignored: frozenset[str],
        folders: tuple[str, ...],
        excluded: int,
        instead: Mapping[str, bytes],
    ) -> None:
        self.root = root
        self.folder = folder
        self.targets = targets
        self.problems = problems
        self.linked = linked
        self.ignored = ignored
        self.folders = folders
        self.excluded = excluded
        self.instead = instead
        self._around = around
        self._context: tuple[str, ...] | None = None
        self._settings: tuple[str, ...] | None = None

    # Of a project where all is clean, nobody asks for these two.

    @property
    def context(self) -> tuple[str, ...]:
        """Return the Python files of the projects that the targets belong to."""
        if self._context is None:
            self._context = tuple(sorted(filter(is_python, self._around)))
        return self._context

    @property
    def settings(self) -> tuple[str, ...]:
        """Return the files of those projects that code may read by name."""
        if self._settings is None:
            self._settings = tuple(sorted(filter(is_settings, self._around)))
        return self._settings

    @property
    def base(self) -> Path:
        """Return the folder that paths are relative to."""
        from pathlib import Path  # noqa: PLC0415 - see above

        return Path(self.folder)


class _Given:
    """What the user named, as absolute paths; ``problems`` are paths and what is wrong there."""

    __slots__ = ("files", "folders", "problems")

    def __init__(self) -> None:
        self.folders: list[str] = []
        self.files: list[str] = []
        self.problems: list[tuple[str, str]] = []


def is_python(path: str) -> bool:
    """Tell from a file's name whether it holds Python, if only in the cells of a notebook."""
    return path.lower().endswith((".py", ".pyi", ".pyw", ".ipynb"))


def is_notebook(path: str) -> bool:
    """Tell from its name whether a file is a Jupyter notebook."""
    return path.lower().endswith(".ipynb")


def is_environment(path: str) -> bool:
    """Tell from its name whether a file holds variables of the environment."""
    # Code can be called the same: env.py.
    return _ENVIRONMENT.search(path.rpartition("/")[2]) is not None and not is_python(path)


def is_settings(path: str) -> bool:
    """Tell from its name whether a file may hold settings: variables, or a format for them."""
    return path.lower().endswith(_SETTINGS) or is_environment(path)


def find_unmoved(listing: Listing) -> frozenset[str]:
    """Return the settings that are read and not to be edited: nobody named them."""
    targets = frozenset(listing.targets)
    unnamed = listing.linked | listing.ignored
    return frozenset(path for path in listing.settings if path not in targets or path in unnamed)


def list_files(
    paths: Sequence[str],
    *,
    cwd: Path | str,
    exclude: Sequence[str] = (),
    exclude_from: Path | None = None,
    instead: Mapping[str, bytes] | None = None,
) -> Listing:
    """List the files that paths stand for; no path stands for the working folder.

    A file that is named is a target whatever it is called and whoever ignores it; a
    folder stands for the files that git or, outside a repository, a walk finds there.
    ``exclude`` holds for all of them, since hooks name every file: patterns in the manner
    of ``.gitignore``, relative to ``exclude_from`` or else to the base. A file is a
    target once, however many links lead to it, and by its own name where that stands in
    the base; links to folders are followed only where they are named.

    Raises NothingToScanError where the paths have no folder in common (two drives).
    """
    start = _absolute(cwd, ".")
    contents = {_absolute(start, path): data for path, data in (instead or {}).items()}
    given = _sort_paths(paths or (".",), start, contents)
    base = _find_base(given, start)
    trees = _list_projects(given)
    is_excluded = _excluder(exclude, _absolute(exclude_from or base, "."))
    found, links, problems = _pick_targets(given, trees)
    variables = [path for top in {*trees, *given.folders} for path in _find_variables(top)]
    listed = {*found.values()}
    for path in variables:
        if any(_is_inside(path, folder) for folder in given.folders):
            found.setdefault(_posix(os.path.realpath(path)), path)
    hidden = {*found.values()} - listed
    own = {path: name for path, name in _real_names(found, base) if path not in links}
    names = {path: _relative(own.get(path, path), base) for path in found.values()}
    if exclude:
        names = {
            path: name
            for path, name in names.items()
            if not (is_excluded(path) or is_excluded(own.get(path, path)))
        }
    linked = {names[path] for path in links if path in names}
    ignored = {names[path] for path in hidden if path in names}
    targets = set(names.values())
    around = {*_name_all(trees, base), *targets, *(_relative(path, base) for path in variables)}
    reasons = [(path, reason) for path, reason in problems if not is_excluded(path)]
    return Listing(
        root="." if base == start else base,
        folder=base,
        targets=tuple(sorted(targets)),
        around=frozenset(around),
        problems=_make_problems((*given.problems, *reasons), base),
        linked=frozenset(linked),
        ignored=frozenset(ignored),
        folders=tuple(sorted(_show(folder, start) for folder in given.folders)),
        excluded=len(found) - len(names),
        instead={names.get(p, _relative(p, base)): data for p, data in contents.items()},
    )


def _absolute(folder: str | Path, path: str) -> str:
    """Return an absolute path; not resolved: a link belongs where it stands."""
    return _posix(os.path.abspath(os.path.join(folder, path)))


def _posix(path: str) -> str:
    return path.replace(os.sep, "/") if os.sep != "/" else path


def _sort_paths(paths: Iterable[str], cwd: str, unsaved: Container[str]) -> _Given:
    given = _Given()
    for path in dict.fromkeys(_absolute(cwd, path) for path in paths):
        found = look_at(path)
        if isinstance(found, str) and path in unsaved:
            given.files.append(path)
        elif isinstance(found, str):
            given.problems.append((path, found))
        else:
            (given.folders if stat.S_ISDIR(found) else given.files).append(path)
    return given


def _find_base(given: _Given, cwd: str) -> str:
    """Return the working folder, or, where something stands outside it, what holds all."""
    if all(_is_inside(path, cwd) for path in (*given.folders, *given.files)):
        return cwd
    holders = [*given.folders, *(os.path.dirname(path) for path in given.files)]
    try:
        return _posix(os.path.commonpath(holders))
    except ValueError as error:
        raise NothingToScanError(f"{error}: analyse them one by one") from error


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(_start(folder))


def _start(folder: str) -> str:
    """Return what the paths in a folder begin with."""
    return folder if folder.endswith("/") else f"{folder}/"


# Projects


def _list_projects(given: _Given) -> dict[str, Tree]:
    """List each project that something given belongs to, once, by its top folder."""
    tops = {_find_project(folder) for folder in given.folders}
    for folder in {os.path.dirname(path) for path in given.files}:
        top = _find_project(folder)
        # A script in the home folder does not make a project of all that is there.
        if not _is_wide(top):
            tops.add(top)
    return {top: list_tree(top) for top in sorted(tops)}


def find_projects(paths: Iterable[str], cwd: Path) -> frozenset[str]:
    """Return the top folders of the projects that paths belong to, but for wide ones."""
    given = (_absolute(cwd, path) for path in paths)
    folders = {path if os.path.isdir(path) else os.path.dirname(path) for path in given}
    return frozenset(top for top in map(_find_project, folders) if not _is_wide(top))


def _find_project(folder: str) -> str:
    """Return the repository, else the Python project, else the folder itself."""
    marked = None
    for parent in _upward(folder):
        if os.path.lexists(os.path.join(parent, ".git")):
            return parent
        if marked is None and not _is_wide(parent) and _has_marker(parent):
            marked = parent
    return marked or folder


def _has_marker(folder: str) -> bool:
    return any(os.path.lexists(os.path.join(folder, marker)) for marker in _MARKERS)


def _is_wide(folder: str) -> bool:
    return folder in {os.path.dirname(folder), _posix(os.path.expanduser("~"))}


def _upward(folder: str) -> Iterator[str]:
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        yield parent
        folder = parent


def _name_all(trees: Mapping[str, Tree], base: str) -> Iterator[str]:
    for top, tree in trees.items():
        names = (*tree.files, *tree.links)
        if top == base:
            yield from names
        else:
            start = _start(top)
            yield from (_relative(start + name, base) for name in names)


def _find_variables(top: str) -> Iterator[str]:
    """Yield the files of variables in a folder and those right in it, ignored or not.

    Git ignores them because of the secrets in them; the code reads them all the same.
    """
    folders = [top]
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                found = list(entries)
        except OSError:
            continue  # the walk says so
        for entry in found:
            if is_environment(entry.name) and entry.is_file(follow_symlinks=False):
                yield os.path.join(folder, entry.name)
            elif (
                folder == top
                and not entry.name.startswith((".", "node_modules", "venv"))
                and entry.is_dir(follow_symlinks=False)
            ):
                folders.append(os.path.join(folder, entry.name))


# Targets


def _pick_targets(
    given: _Given, trees: Mapping[str, Tree]
) -> tuple[dict[str, str], frozenset[str], list[tuple[str, str]]]:
    """Return the files that are reported on, and what is wrong among them.

    The files are paths by where they really stand; after them, those that nobody named
    and only a link leads to.
    """
    found: dict[str, str] = {}
    links: list[str] = []
    problems: list[tuple[str, str]] = []
    for real, folder in _real_first(given.folders):
        tree = _list_folder(folder, trees)
        inside, really = _start(folder), _start(real)
        for name in itertools.filterfalse(is_draft, tree.files):
            found.setdefault(really + name, inside + name)
        links.extend(inside + name for name in tree.links)
        problems.extend((inside + name, reason) for name, reason in tree.problems)
    for real, path in _real_first(given.files):
        found.setdefault(real, path)
    named = set(found)
    for real, path in _real_first(links):
        found.setdefault(real, path)
    unnamed = frozenset(path for real, path in found.items() if real not in named)
    return found, unnamed, problems


def _real_names(found: Mapping[str, str], base: str) -> Iterator[tuple[str, str]]:
    """Yield each path with its own name, as a patch must have it, where that is in the base."""
    within = _start(_posix(os.path.realpath(base)))
    start = _start(base)
    for real, path in found.items():
        yield path, start + real[len(within) :] if real.startswith(within) else path


def _real_first(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return the paths after what they lead to, in order, those that are no links first."""
    pairs = [(_posix(os.path.realpath(path)), path) for path in paths]
    return sorted(pairs, key=lambda pair: (pair[0] != pair[1], pair))


def _list_folder(folder: str, trees: Mapping[str, Tree]) -> Tree:
    """Return what the project's list has of a folder that was named.

    It has nothing where the folder is ignored, skipped, or reached by a link; but who
    names it wants it.
    """
    top = _find_project(folder)
    if top == folder:
        return trees[top]
    tree = trees[top].below(folder.removeprefix(top).removeprefix("/"))
    return tree if tree.files or tree.links else walk_tree(folder)


def _excluder(patterns: Sequence[str], folder: str) -> Callable[[str], bool]:
    if not patterns:
        return lambda _path: False
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - slow to import, and seldom needed

    spec = GitIgnoreSpec([compile_pattern(pattern) for pattern in patterns])
    start = _start(folder)
    return lambda path: path.startswith(start) and spec.match_file(path[len(start) :])


# Paths relative to the base


def _relative(path: str, base: str) -> str:
    start = _start(base)
    if path.startswith(start):
        return path[len(start) :]
    folder, name = os.path.split(path)
    return os.path.join(_relative_folder(folder, base), name)


@lru_cache(maxsize=1024)
def _relative_folder(folder: str, base: str) -> str:
    return _posix(os.path.relpath(folder, base))


def _make_problems(problems: Iterable[tuple[str, str]], base: str) -> tuple[Problem, ...]:
    """Name what is wrong: by its absolute path where that stands outside the base."""
    named = sorted(set(problems))
    if not named:
        return ()
    from migrator.values import Problem  # noqa: PLC0415 - as Listing has it

    return tuple(Problem(_show(path, base), 1, UNREADABLE, reason) for path, reason in named)


def _show(path: str, base: str) -> str:
    if not _is_inside(path, base):
        return path
    # What is wrong with a folder itself is listed under its name and a slash.
    return "." if path.rstrip("/") == base else _relative(path, base).rstrip("/")
