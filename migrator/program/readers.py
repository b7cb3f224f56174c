"""Which modules read, by name, a setting that spells the namespace: they need not spell it."""

from __future__ import annotations

import re
from posixpath import basename, dirname, join
from typing import TYPE_CHECKING

from migrator.discover import is_notebook
from migrator.prefilter import NAMESPACE, mentions
from migrator.program.settings import texts_in, variables_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from migrator.program.project import Project
    from migrator.program.settings import SettingsFile, Variable

_LONGER = re.compile(rf"(?<![^\W_]){NAMESPACE}-[\w-]+|[\w-]+-{NAMESPACE}(?![^\W_])")
_ROUTE = re.compile(r"://|=|/\w+/\w")
_CALL = 2
"""The words of ``GET /vapid/projects``: more of them may be a sentence."""

_CONSTANT = re.compile(rb"^\s*([A-Z][A-Z0-9_]{2,})\s*(?::[^=\n]+)?=", re.MULTILINE)
_HELD = rb"(?:settings\s*\.\s*|config\s*(?:\[|\.\s*get\s*\()\s*[\"'])"
_CASED = rb"(?-i:"
_PREFIXING = (b"BaseSettings",)
"""What a module spells that has a class whose fields pydantic fills from the environment."""
_HINTS = (b"settings", b"config", *_PREFIXING)
"""What a module says that reads such a constant, or has such a class."""
_PUT = re.compile(rb"\bconfig\[\s*[\"'](\w+)[\"']\s*\]\s*=")
_GIVEN = re.compile(rb"\bconfig\.(?:from_mapping|update)\(([^()]*)")
_KEYWORD = re.compile(rb"\b([A-Z][A-Z0-9_]*)[\"']?\s*[=:](?!=)")
_APPLICATIONS = frozenset({"app.py", "application.py", "main.py", "wsgi.py", "__init__.py"})
_NAME = re.compile(r"(?:^|_)(?:settings|config|configuration|defaults|base)(?:_|$|\d)")
_FOLDERS = frozenset({"settings", "config", "conf"})


def is_settings_module(path: str) -> bool:
    """Tell from its path whether a Python file holds settings that are read by name."""
    if is_notebook(path):
        return False
    stem = basename(path).rpartition(".")[0].lower()
    folder = basename(dirname(path)).lower()
    return _NAME.search(stem) is not None or folder in _FOLDERS


def find_readers(
    project: Project, targets: Iterable[str], spells: Callable[[bytes], bool] = mentions
) -> dict[str, Callable[[bytes], object]]:
    """Return the modules that read such a setting, by their text alone.

    They are paths, each with what finds the place in the module's bytes. ``spells`` tells
    whether bytes spell the namespace.

    That is a variable of the environment, any file by its name, or a constant of a
    settings module as Django and Flask hand it out. Settings are read around the place
    where they stand; those of which no target can be a reader are left alone.
    """
    reported = sorted(targets)
    found: dict[str, list[bytes]] = {}
    hinting: list[str] | None = None
    for path, pattern, words in _patterns(project, spells):
        folder = _scope(project, path)
        if path not in targets and not any(_is_below(each, folder) for each in reported):
            continue
        if words and hinting is None:
            hinting = [each for each in project.paths if _has_any(project.data(each), _HINTS)]
        apt = re.compile(pattern, re.IGNORECASE)
        for reader in (hinting or ()) if words else project.paths:
            if _is_below(reader, folder) and _matches(project.data(reader), apt, words):
                found.setdefault(reader, []).append(pattern)
    return {
        path: re.compile(b"|".join(patterns), re.IGNORECASE).search
        for path, patterns in sorted(found.items())
    }


def _patterns(
    project: Project, spells: Callable[[bytes], bool]
) -> Iterator[tuple[str, bytes, Sequence[bytes]]]:
    """Yield the paths of settings that spell the namespace, and how they are read.

    A pattern may come with words, in the same case as in the code: one of them is there where
    it is found, and so is one of the hints.
    """
    for file in project.settings:
        # Not by a key alone, such as the name of this tool's own table.
        texts = texts_in(file.tree) if spells(file.source.data) else ()
        if any(_spells(v, spells) for keys, v in texts if not _describes(file.path, keys)):
            words = b"|".join(sorted(map(re.escape, set(_names(file, spells)))))
            # A field of pydantic's settings is in lower case, its variable in upper.
            yield file.path, rb"(?<![\w-])(?:%b)(?![\w-])" % words, ()
            # Behind a prefix that the class of settings has for all of its fields.
            ends = {end for name, _, _ in _spelling(file, spells) for end in _ends(name)}
            if ends:
                fields = b"|".join(re.escape(end.encode()) for end in sorted(ends))
                yield file.path, rb"(?<![\w-])(?:%b)(?=\s*:)" % fields, _PREFIXING
    for path in project.paths:
        data = project.data(path) if _is_shared(path) else b""
        if spells(data):
            given = b" ".join(_GIVEN.findall(data))
            put = {*_PUT.findall(data), *_KEYWORD.findall(given)}
            names = sorted({*_CONSTANT.findall(data), *put})
            if names:
                yield path, rb"%b%b(?:%b)\b)" % (_CASED, _HELD, b"|".join(names)), names


def _describes(path: str, keys: Sequence[str]) -> bool:
    """Tell what says of a project how it is called, built and installed: nobody sends that."""
    return basename(path) == "pyproject.toml" and keys[:1] in {("project",), ("build-system",)}


def _is_shared(path: str) -> bool:
    return is_settings_module(path) or basename(path) in _APPLICATIONS


def _scope(project: Project, path: str) -> str:
    """Return the folder whose code may read a settings file or module."""
    folder = dirname(path)
    if basename(folder).lower() in _FOLDERS:
        folder = _parent(folder)
    while join(folder, "__init__.py") in project.paths:
        folder = _parent(folder)
    # Of a Django project, the package of the settings stands beside those of the code.
    is_package = join(dirname(path), "__init__.py") in project.paths
    return _parent(folder) if is_package and basename(folder) == basename(dirname(path)) else folder


def _parent(folder: str) -> str:
    """Return the folder that one is in; "" is where the analysis stands, ".." is around it."""
    return join(folder, "..") if folder == "" or basename(folder) == ".." else dirname(folder)


def _is_below(path: str, folder: str) -> bool:
    if folder.rpartition("/")[2] in {"", ".."}:  # it is around where the analysis stands
        return path.split("/").count("..") <= folder.split("/").count("..")
    return path.startswith(f"{folder}/")


def _matches(data: bytes, pattern: re.Pattern[bytes], words: Sequence[bytes]) -> bool:
    """Tell whether a pattern is found; where there are words, only with one of those."""
    return (not words or _has_any(data, words)) and pattern.search(data) is not None


def _has_any(data: bytes, words: Sequence[bytes]) -> bool:
    return any(word in data for word in words)


def _spells(value: str, spells: Callable[[bytes], bool]) -> bool:
    """Tell whether a text does, as a URL or a part of one does: not as a sentence.

    Nor as a longer word does, such as ``vapid-to-rest``.
    """
    words = value.split()
    if len(words) > _CALL:
        value = " ".join(word for word in words if _ROUTE.search(word))
    return spells(_LONGER.sub("", value).encode("utf-8", "replace"))


def _names(file: SettingsFile, spells: Callable[[bytes], bool]) -> Iterator[bytes]:
    """Yield what code must name to read a settings file: a variable in it, else the file."""
    variables = [name for name, _, _ in _spelling(file, spells)]
    yield from (name.encode() for name in variables)
    if not variables:
        yield basename(file.path).encode("utf-8", "replace")


def _spelling(file: SettingsFile, spells: Callable[[bytes], bool]) -> Iterator[Variable]:
    return (each for each in variables_in(file) if _spells(each.value, spells))


def _ends(name: str) -> Iterator[str]:
    """Yield what a variable may be called without a prefix."""
    parts = name.split("_")
    yield from (end for number in range(1, len(parts)) if (end := "_".join(parts[number:])))
