"""Reads settings that code reads by name: .env, YAML, TOML, INI and JSON files."""

from __future__ import annotations

import configparser
import json
import re
import tomllib
from dataclasses import dataclass
from posixpath import basename
from typing import TYPE_CHECKING, NamedTuple

from migrator.discover import is_environment
from migrator.yamlload import YAMLError, load_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from migrator.values import SourceFile

_ASSIGNED = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?P<key>[A-Za-z_][\w.-]*)[ \t]*=[ \t]*"
    r"(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|(?P<plain>[^\n]*?))"
    r"[ \t]*(?:[ \t]#[^\n]*)?$",
    re.MULTILINE,
)
LOADING_ERRORS = (ValueError, RecursionError, YAMLError, configparser.Error)
"""What the parsers of settings raise."""

_MOST = 20_000
"""The most values of one file: aliases of YAML can make a file's tree endless."""


class Variable(NamedTuple):
    """A variable of the environment in a settings file: ``keys`` lead to its value there."""

    name: str
    keys: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class SettingsFile:
    """A settings file, and what it holds: plain dicts, lists, texts and numbers."""

    source: SourceFile
    tree: object

    @property
    def path(self) -> str:
        """Return the path, relative to the base."""
        return self.source.path


def read_settings(source: SourceFile) -> SettingsFile | None:
    """Return what a settings file holds, None where it cannot be read as one."""
    parse = find_parser(source.path)
    if parse is None:
        return None
    try:
        return SettingsFile(source, parse(source.text))
    except LOADING_ERRORS:
        # It is not what its name says; it is still searched by text.
        return None


def find_parser(path: str) -> Callable[[str], object] | None:
    """Return what reads a file of settings, by its name; it raises one of LOADING_ERRORS."""
    return _parse_environment if is_environment(path) else _PARSERS.get(_suffix(path))


def texts_in(tree: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each text of a tree with the keys that lead to it."""
    pending: list[tuple[tuple[str, ...], object]] = [((), tree)]
    for _ in range(_MOST):
        if not pending:
            return
        keys, value = pending.pop()
        match value:
            case dict():
                pending.extend(((*keys, str(key)), inner) for key, inner in value.items())
            case list():
                pending.extend((keys, inner) for inner in value)
            case str():
                yield keys, value
            case _:
                pass


def variables_in(file: SettingsFile) -> Iterator[Variable]:
    """Yield each variable of the environment.

    Besides files of nothing else, those are in ``environment`` and ``env`` of Compose files
    and workflows, as a mapping or as ``NAME=value``.
    """
    environment = is_environment(file.path)
    for keys, value in texts_in(file.tree):
        if environment or (len(keys) > 1 and keys[-2] in {"environment", "env"}):
            yield Variable(keys[-1], keys, value)
        elif keys and keys[-1] == "environment" and "=" in value:
            name, _, behind = value.partition("=")
            yield Variable(name, (*keys, name), behind)


def _suffix(path: str) -> str:
    return basename(path).lower().rpartition(".")[2]


def _parse_environment(text: str) -> object:
    found: dict[str, str] = {}
    for match in _ASSIGNED.finditer(text.replace("\r\n", "\n")):
        value = match["double"] or match["single"] or match["plain"] or ""
        found[match["key"]] = value
    return found


def _parse_ini(text: str) -> object:
    parser = configparser.ConfigParser(interpolation=None, strict=False, allow_no_value=True)
    parser.read_string(text)
    return {name: dict(section) for name, section in parser.items()}


_PARSERS: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "toml": tomllib.loads,
    "yaml": load_yaml,
    "yml": load_yaml,
    "ini": _parse_ini,
    "cfg": _parse_ini,
    "conf": _parse_ini,
}
