"""Opens the table that holds where one stands: the built-in one, with rows of the project's own."""

from __future__ import annotations

from pathlib import Path

from migrator.cli.exits import RefusedError
from migrator.config import ConfigError, load_settings
from migrator.rules.rest import RestTable, load_rest
from migrator.rules.rows import RuleError
from migrator.rules.table import RuleTable, load_rules


def own_files() -> tuple[Path, ...]:
    """Return the files of rows that the settings of this folder's project name."""
    try:
        return load_settings(Path.cwd()).rules
    except ConfigError as error:
        raise RefusedError(str(error)) from error


def open_table() -> RuleTable:
    """Return the table; ends the run, with file and line, where a row in it is none."""
    try:
        return load_rules(own_files())
    except RuleError as error:
        raise RefusedError(f"The table cannot be read: {error}") from error


def open_rest() -> RestTable:
    """Return the Rest operations that hold where one stands; ends the run as above."""
    try:
        return load_rest(own_files())
    except RuleError as error:
        raise RefusedError(f"The table cannot be read: {error}") from error
