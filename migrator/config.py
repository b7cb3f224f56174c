"""Reads the project's own settings: ``[tool.vapid-to-rest]`` in a ``pyproject.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Any

from migrator.errors import MigratorError
from migrator.ignore import compile_pattern

_TABLE = "vapid-to-rest"
_KEYS = ("baseline", "company-id", "exclude", "hosts", "rules")
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)")
_HOST = re.compile(r"(?P<name>[\w.-]+|\[[0-9a-f:.]+\])(?::[0-9]+)?", re.IGNORECASE)


class ConfigError(MigratorError):
    """The settings cannot be used; the message names the file and what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project says about itself.

    ``hosts`` are further hosts whose API is Procore's, as they are compared: in lower case
    and without a port. ``exclude`` are patterns in the manner of ``.gitignore``, relative
    to ``folder``, where the settings stand; None where there are none. ``rules`` are files
    with rows of the project's own, in the order in which they are read. ``company_id`` is
    the Python expression for the value of the ``Procore-Company-Id`` header. ``baseline``
    is the file with the findings that the project knows of.
    """

    hosts: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    folder: Path | None = None
    rules: tuple[Path, ...] = ()
    company_id: str | None = None
    baseline: Path | None = None


def load_settings(start: Path) -> Settings:
    """Return the settings of the nearest ``pyproject.toml`` at or above a folder with any.

    One without the table is passed over; but what is wrong in the nearest of all is never
    passed over in silence. Raises ConfigError.
    """
    absolute = start.absolute()
    is_nearest = True
    for folder in (absolute, *absolute.parents):
        file = folder / "pyproject.toml"
        data = _read(file)
        # Those further up may be anybody's: no need to trip over what is wrong in them.
        if data is not None and (is_nearest or _TABLE.encode() in data.replace(b"\0", b"")):
            tools = _parse(file, data).get("tool")
            if isinstance(tools, dict) and _TABLE in tools:
                return _check(file, tools[_TABLE])
        is_nearest = is_nearest and data is None
    return Settings()


def _read(file: Path) -> bytes | None:
    try:
        if not S_ISREG(file.stat().st_mode):
            return None
    except OSError:
        return None
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error


def _parse(file: Path, data: bytes) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - only where there is something to read

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # In a file with a byte order mark, the place is counted from behind it.
        line = 1 + data[: error.start].count(b"\n")
        raise ConfigError(f"{file}:{line}: is not UTF-8: save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(_place_error(file, str(error), 1 + data.count(b"\n"))) from error
    except RecursionError as error:
        raise ConfigError(f"{file}: is not valid TOML: it is nested too deeply") from error


def _place_error(file: Path, message: str, last: int) -> str:
    """Return the parser's message with the place in front, where editors look for it."""
    match = _PLACE.search(message)
    line = int(match["line"]) if match and match["line"] else last
    return f"{file}:{line}: is not valid TOML: {_PLACE.sub('', message)}"


def _check(file: Path, table: object) -> Settings:
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: tool.{_TABLE} must be a table, [tool.{_TABLE}]")
    for key in table:
        if key not in _KEYS:
            known = f"{', '.join(_KEYS[:-1])} and {_KEYS[-1]}"
            raise ConfigError(f"{file}: [tool.{_TABLE}] has no key {key!r}; it has {known}")
    return Settings(
        hosts=tuple(_check_host(file, each) for each in _check_list(file, table, "hosts")),
        exclude=_check_patterns(file, _check_list(file, table, "exclude")),
        folder=file.parent,
        rules=tuple(file.parent / each for each in _check_list(file, table, "rules")),
        company_id=_check_expression(file, table.get("company-id")),
        baseline=_check_file(file, table.get("baseline")),
    )


def _check_file(file: Path, name: object) -> Path | None:
    """Return a file that stands beside the settings, if one is named."""
    if name is None:
        return None
    if not isinstance(name, str) or not name or "\0" in name:
        raise ConfigError(f"{file}: baseline in [tool.{_TABLE}] must be the name of a file")
    return file.parent / name


def _check_expression(file: Path, text: object) -> str | None:
    """Return an expression of Python that can be written anywhere as it is, if there is one."""
    if text is None:
        return None
    where = f"{file}: company-id in [tool.{_TABLE}]"
    if not isinstance(text, str):
        raise ConfigError(f"{where} must be a string that holds one expression of Python")
    import ast  # noqa: PLC0415 - only where there is something to check

    error = ConfigError(
        f"{where}: {text!r} is not one expression of Python, "
        """such as 'os.environ["PROCORE_COMPANY_ID"]'"""
    )
    try:
        alone = ast.parse(text.strip(), mode="eval").body
        # As the value of a dict: a second one, a comment or a line end would not stay inside.
        among = ast.parse(f"{{0: {text.strip()}}}", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise error from None
    values = among.values if isinstance(among, ast.Dict) else []
    if [ast.dump(each) for each in values] != [ast.dump(alone)] or not text.isprintable():
        raise error
    return text.strip()


def _check_list(file: Path, table: dict[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ConfigError(f"{file}: {key} in [tool.{_TABLE}] must be a list of strings")
    return tuple(value)


def _check_host(file: Path, host: str) -> str:
    match = _HOST.fullmatch(host)
    if match is None:
        raise ConfigError(
            f"{file}: hosts in [tool.{_TABLE}]: {host!r} is not a host name, "
            "such as procore-proxy.example.com or localhost:8080"
        )
    return match["name"].lower()


def _check_patterns(file: Path, patterns: tuple[str, ...]) -> tuple[str, ...]:
    for pattern in patterns:
        try:
            compile_pattern(pattern)
        except ValueError as error:
            raise ConfigError(
                f"{file}: exclude in [tool.{_TABLE}]: {pattern!r} is not a pattern "
                "such as .gitignore has"
            ) from error
    return patterns
