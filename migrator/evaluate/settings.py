"""What code reads by name from outside it: the environment, settings files, Django's settings."""

from __future__ import annotations

import re
from posixpath import basename
from typing import TYPE_CHECKING

from migrator.discover import is_environment
from migrator.evaluate import attributes, naming, strings
from migrator.evaluate.domain import (
    UNKNOWN,
    Arguments,
    ClassValue,
    Const,
    External,
    Instance,
    Made,
    Map,
    Method,
    Origin,
    Seq,
    Str,
    Text,
    Unknown,
    known_text,
    plain,
    union,
)
from migrator.evaluate.marking import spell_value
from migrator.program.readers import is_settings_module
from migrator.program.settings import SettingsFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrator.evaluate.domain import Value, Values
    from migrator.evaluate.evaluator import Evaluator

ENVIRONMENT = frozenset(
    {"os.environ.get", "os.getenv", "environ.get", "os.environ.setdefault", "os.environ.pop"}
    | {"decouple.config", "environs.Env", "starlette.config.Config"}
)
"""Functions that read a variable of the environment."""

READERS = frozenset(
    {"environs.Env", "environ.Env", "starlette.config.Config", "decouple.Config"}
    | {"decouple.AutoConfig"}
)
"""Classes whose instances do when they are called, or by their methods."""

LOADERS = {
    "yaml.safe_load": ("yaml", "yml"), "yaml.load": ("yaml", "yml"),
    "yaml.full_load": ("yaml", "yml"), "json.load": ("json",), "json.loads": ("json",),
    "tomllib.load": ("toml",), "tomllib.loads": ("toml",), "tomli.load": ("toml",),
    "tomli.loads": ("toml",), "toml.load": ("toml",), "toml.loads": ("toml",),
    "dotenv.dotenv_values": ("env",),
}  # fmt: skip
"""Functions that read a settings file, and the suffixes it may have."""

_MOST = 200_000
"""The most values of settings in all: aliases of YAML can make a file's tree endless."""

PARSERS = frozenset({"configparser.ConfigParser", "configparser.RawConfigParser"})
"""Classes that read INI files."""
_MERGE = "<<"
_DEEP = 8
"""How many merges deep a mapping is looked into."""

_INI = frozenset({"ini", "cfg", "conf"})
_BASIC = re.compile(r"%\((?P<name>[^()]+)\)s|%%")
_EXTENDED = re.compile(r"\$\{(?:(?P<section>[^${}:]+):)?(?P<name>[^${}:]+)\}|\$\$")
_NESTED = 10
"""How deep configparser puts values into values."""
_OPENED = frozenset({"builtins.open", "io.open", "codecs.open", "pathlib.Path"})


def read_variable(ev: Evaluator, arguments: Arguments) -> Values:
    """Return a variable of the environment: what files give it, and its default."""
    name = arguments.at(0)
    key = known_text(name[0]) if name else None
    found = variable(ev, key)
    default = arguments.at(1, "default")
    if default is None or all(isinstance(v, Const) and v.value is None for v in default):
        return found or (Unknown(None, ("env", key)),)
    return default if found is None else union([found, default])


def variable(ev: Evaluator, name: str | None) -> Values | None:
    """Return what the project's files give a variable of the environment."""
    given = () if name is None else ev.project.variables(name)
    groups: list[Values] = [(_text(ev, file, keys, value),) for file, (_, keys, value) in given]
    return union(groups) if groups else None


def variable_in_any_case(ev: Evaluator, name: str) -> Values | None:
    """Return what the project's files give a variable that is read whatever its case."""
    groups = [found for each in ev.project.spelled(name) if (found := variable(ev, each))]
    return union(groups) if groups else None


def variables_from(ev: Evaluator, start: str) -> list[str]:
    """Return the rest of each variable's name that begins like this, all in lower case."""
    names = {name.lower() for name in ev.project.variable_names()}
    return sorted(name.removeprefix(start) for name in names if name.startswith(start))


def load(ev: Evaluator, dotted: str, arguments: Arguments) -> Values:
    """Return what a settings file holds, by the name that it is opened under."""
    opened = arguments.at(0) or UNKNOWN
    suffixes = LOADERS[dotted]
    if dotted == "dotenv.dotenv_values" and arguments.at(0) is None:
        opened = (plain(".env"),)
    names = {_file_name(value) for value in opened}
    found: list[Values] = [
        (_value(ev, file, (), file.tree),)
        for file in ev.project.settings
        if (_is_of(file, suffixes) and (basename(file.path) in names or names == {None}))
    ]
    return union(found) if found else (Made(dotted, arguments),)


def section(
    ev: Evaluator, parser: Made, keys: Values, option: Values | None = None
) -> Values | None:
    """Return a section, or an option of one, of the INI files that have it, as a parser does."""
    mark = _interpolation(parser)
    groups: list[Values] = []
    for file in ev.project.settings:
        if _is_of(file, tuple(_INI)) and isinstance(file.tree, dict):
            for key in keys:
                name = known_text(key) or ""
                tree = file.tree.get(name)
                path: tuple[str, ...] = (name,)
                if option is not None and isinstance(tree, dict):
                    inner = known_text(option[0]) or ""
                    tree, path = tree.get(inner.lower()), (name, inner)
                if tree is not None:
                    found = _value(ev, file, path, tree)
                    groups.append((_filled(ev, file, name, found, mark),))
    return union(groups) if groups else None


def _interpolation(parser: Made) -> re.Pattern[str] | None:
    """Return what a parser of INI files replaces in values, None where that is nothing."""
    given = parser.arguments.keyword("interpolation")
    match given[0] if given else None:
        case Made("configparser.ExtendedInterpolation"):
            return _EXTENDED
        case None | Made("configparser.BasicInterpolation"):
            return None if parser.dotted == "configparser.RawConfigParser" else _BASIC
        case _:
            return None


def _filled(
    ev: Evaluator,
    file: SettingsFile,
    section: str,
    value: Value,
    mark: re.Pattern[str] | None,
    depth: int = 0,
) -> Value:
    """Return a value of an INI file with others of it in the places that name them."""
    if isinstance(value, Map):
        filled = [
            (key, tuple(_filled(ev, file, section, each, mark) for each in values))
            for key, values in value.items
        ]
        return Map(tuple(filled), value.exact)
    text = known_text(value)
    if mark is None or text is None or not isinstance(value, Str) or mark.search(text) is None:
        return value
    parts: list[Value] = []
    position = 0
    for found in mark.finditer(text):
        parts.append(strings.part(value, position, found.start()))
        position = found.end()
        named = found.groupdict()
        if named["name"] is None:
            parts.append(plain(found[0][0]))
            continue
        other = named.get("section") or section
        tree = file.tree.get(other) if isinstance(file.tree, dict) else None
        name = named["name"].lower()
        inner = tree.get(name) if isinstance(tree, dict) else None
        if not isinstance(inner, str) or depth == _NESTED:
            parts.append(Unknown(name))
            continue
        known = _text(ev, file, (other, name), inner)
        parts.append(_filled(ev, file, other, known, mark, depth + 1))
    return strings.concatenate(*parts, strings.part(value, position, len(text)))


def constant(ev: Evaluator, name: str) -> Values | None:
    """Return a setting of Django or Flask: what settings modules, and classes in them, bind.

    To it comes what is put into the ``config`` of an application.
    """
    key = (("setting", name), ev.root)
    if key in ev.running or not name.isupper():
        return None
    ev.running.add(key)
    try:
        groups = [*_bound(ev, name), *_configured(ev, name)]
    finally:
        ev.running.discard(key)
    return union(groups) if groups else None


def _bound(ev: Evaluator, name: str) -> Iterator[Values]:
    word = name.encode()
    for path in sorted(filter(is_settings_module, ev.project.paths)):
        source = ev.project.source(path)
        module = ev.project.module(path) if source is not None and word in source.data else None
        if module is None:
            continue
        if name in module.top.bindings:
            yield naming.exported(ev, module, name)
        for scope in module.classes():
            if name in scope.bindings and scope.point is not None:
                yield attributes.attribute(ev, ClassValue(scope), name, scope.point)


def _configured(ev: Evaluator, name: str) -> Iterator[Values]:
    for found in ev.project.altered_attributes("config"):
        mutation, point = found.binding.mutation, found.binding.point
        if mutation is None:
            continue
        frame = ev.open_frame(point.scope)
        for keyword, value in mutation.keywords:
            if keyword == name:
                yield ev.evaluate(value, point, frame)
        match mutation.method, [ev.evaluate(each, point, frame) for each in mutation.arguments]:
            case "__setitem__" | "setdefault", [[key], values] if known_text(key) == name:
                yield values
            case "from_mapping" | "update", [[Map() as given]]:
                yield from filter(None, [strings.lookup(given, name)])
            case "from_object", [[ClassValue() | Instance() as given]]:
                values = attributes.attribute(ev, given, name, point)
                yield from () if all(isinstance(each, Unknown) for each in values) else [values]
            case _:
                pass


def holds_settings(value: Value) -> bool:
    """Tell Flask's and Quart's configuration from other mappings."""
    match value:
        case External("flask.current_app.config" | "quart.current_app.config"):
            return True
        case Method(Made("flask.Flask" | "quart.Quart"), "config"):
            return True
        case _:
            return False


def _is_of(file: SettingsFile, suffixes: tuple[str, ...]) -> bool:
    if is_environment(file.path):
        return "env" in suffixes
    return file.path.lower().rpartition(".")[2] in suffixes


def _file_name(value: Value) -> str | None:
    """Return the last part of the path that something was opened under."""
    match value:
        case Made(dotted, arguments) if dotted in _OPENED:
            given = arguments.at(0, "file")
            return _file_name(given[0]) if given else None
        case Str(pieces):
            last = pieces[-1] if pieces else None
            name = basename(last.text) if isinstance(last, Text) else ""
            return name or None
        case _:
            return None


def _value(ev: Evaluator, file: SettingsFile, keys: tuple[str, ...], tree: object) -> Value:
    known = ev.settings.get((file, keys))
    if known is not None:
        return known
    if len(ev.settings) >= _MOST:
        return Unknown()
    value: Value
    match tree:
        case dict():
            value = Map(
                tuple(
                    (plain(key), (_value(ev, file, path, inner),))
                    for key, (path, inner) in _merged(file, keys, tree).items()
                )
            )
        case list():
            value = Seq(tuple((_value(ev, file, (*keys, str(n)), v),) for n, v in enumerate(tree)))
        case str():
            value = _text(ev, file, keys, tree)
        case bool() | int() | float() | None:
            value = Const(tree)
        case _:
            value = Unknown()
    ev.settings[file, keys] = value
    return value


def _merged(
    file: SettingsFile, keys: tuple[str, ...], tree: dict[object, object], depth: int = 0
) -> dict[str, tuple[tuple[str, ...], object]]:
    """Return what a mapping holds with what YAML's ``<<`` merges into it, each with its keys."""
    own = {str(key): ((*keys, str(key)), value) for key, value in tree.items()}
    if _MERGE not in own or not _is_of(file, ("yaml", "yml")) or depth >= _DEEP:
        return own
    path, merged = own.pop(_MERGE)
    found: dict[str, tuple[tuple[str, ...], object]] = {}
    mappings = (
        [((*path, str(number)), each) for number, each in enumerate(merged)]
        if isinstance(merged, list)
        else [(path, merged)]
    )
    for where, each in mappings:
        if isinstance(each, dict):
            found = _merged(file, where, each, depth + 1) | found
    return found | own


def _text(ev: Evaluator, file: SettingsFile, keys: tuple[str, ...], text: str) -> Value:
    """Return a text that a settings file spells: the same value each time it is read."""
    known = ev.settings.get((file, keys))
    if known is None:
        spelling = spell_value(file, keys, text)
        origin = None
        if spelling is not None:
            spelling = ev.changed(file, spelling)
            origin, text = Origin(file, file, spelling), spelling.value
        known = ev.settings[file, keys] = Str((Text(text, origin),) if text else ())
    return known
