"""Reads the project's settings: ``[tool.vapid-to-rest]`` in ``pyproject.toml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from migrator.errors import MigratorError

if TYPE_CHECKING:
    from pathlib import Path

_TABLE = "vapid-to-rest"


class ConfigError(MigratorError):
    """A settings file is wrong; the message names the file, the key, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project says of itself.

    ``hosts`` are names of hosts, besides Procore's own, whose API is Procore's: a proxy.
    ``exclude`` are patterns, as in ``.gitignore``, of files to leave alone.
    """

    hosts: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def load_settings(start: Path) -> Settings:
    """Return the settings of the nearest ``pyproject.toml``, at or above ``start``, with any.

    Raises ConfigError.
    """
    for folder in (start, *start.parents):
        path = folder / "pyproject.toml"
        if path.is_file():
            table = _read_table(path)
            if table is not None:
                return _check(table, path)
    return Settings()


def _read_table(path: Path) -> Any:
    """Return the tool's table, None where the file has none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    if _TABLE.encode() not in data:
        return None
    import tomllib  # noqa: PLC0415 - most projects need none

    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: is not valid TOML: {error}") from error
    return document.get("tool", {}).get(_TABLE)


def _check(table: Any, path: Path) -> Settings:
    where = f"{path}: [tool.{_TABLE}]"
    if not isinstance(table, dict):
        raise ConfigError(f"{where} must be a table")
    allowed = [field.name for field in fields(Settings)]
    for key, value in table.items():
        if key not in allowed:
            raise ConfigError(
                f"{where} has an unknown key, {key!r}; known are {', '.join(allowed)}"
            )
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ConfigError(f"{where} {key} must be a list of strings")
    hosts = tuple(host.lower().partition(":")[0] for host in table.get("hosts", []))
    return Settings(hosts, tuple(table.get("exclude", [])))
