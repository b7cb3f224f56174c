"""Reads and checks the fields that rows of the table have in common, whatever they speak of."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any, Protocol, TypeVar

Value = TypeVar("Value")

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class RowError(ValueError):
    """A row is no rule; ``key`` is the field that is to blame, None where it is the whole."""

    def __init__(self, reason: str, key: str | None = None) -> None:
        super().__init__(reason)
        self.key = key


class Ending(Protocol):
    """What a row says of the end of an operation: a rule of its target, others of themselves."""

    @property
    def rest(self) -> str | None: ...  # noqa: D102
    @property
    def deprecated(self) -> date | None: ...  # noqa: D102
    @property
    def sunset(self) -> date | None: ...  # noqa: D102
    @property
    def successor(self) -> str | None: ...  # noqa: D102
    @property
    def successor_basis(self) -> str | None: ...  # noqa: D102


def check_end(rule: Ending) -> None:
    """Raise RowError where what a row says of the end does not hold together."""
    if rule.deprecated is None and (rule.sunset or rule.successor):
        raise RowError(
            "sunset or successor stands without deprecated",
            "sunset" if rule.sunset else "successor",
        )
    if rule.sunset is not None and rule.deprecated is not None and rule.sunset < rule.deprecated:
        raise RowError("sunset comes before deprecated", "sunset")
    if (rule.successor is None) != (rule.successor_basis is None):
        key = "successor" if rule.successor_basis is None else "successor-basis"
        raise RowError("successor and successor-basis stand together", key)
    if rule.successor_basis not in {None, "stated", "inferred"}:
        raise RowError(f"successor-basis is {rule.successor_basis!r}", "successor-basis")


def read_fields(
    row: object, texts: Collection[str], lists: Collection[str], required: Iterable[str]
) -> dict[str, Any]:
    """Return a row if its keys are known and their values of the right kind.

    Raises RowError.
    """
    if not isinstance(row, dict):
        raise RowError("is not a table")
    for key, value in row.items():
        if key in texts:
            if not isinstance(value, str) or not value:
                raise RowError(f"{key} is not a text", key)
        elif key not in lists:
            raise RowError(f"unknown key {key}", key)
        elif not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise RowError(f"{key} is not a list of texts", key)
    if absent := [key for key in required if not row.get(key)]:
        raise RowError(f"no {absent[0]}", absent[0])
    return row


def read_value(key: str, text: str, read: Callable[[str], Value]) -> Value:
    """Return a text as ``read`` reads it. Raises RowError where it raises ValueError."""
    try:
        return read(text)
    except ValueError as error:
        raise RowError(f"{key} is {text!r}", key) from error


def read_day(key: str, fields: dict[str, Any]) -> date | None:
    """Return the day that a field spells, None where it is absent. Raises RowError."""
    if key not in fields:
        return None
    # Python reads week dates and dates without hyphens, too.
    if not DAY.fullmatch(fields[key]):
        raise RowError(f"{key} is {fields[key]!r}", key)
    return read_value(key, fields[key], date.fromisoformat)
