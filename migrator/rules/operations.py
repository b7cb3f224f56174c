"""One Rest operation that the table knows beside those that its rules lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from migrator.rules.fields import RowError, check_end, read_day, read_fields
from migrator.rules.rows import METHODS

_SEGMENT = r"(?:[A-Za-z0-9_-]+|\{[a-z0-9_]+\}(?:\.[a-z]+)?)"
_REST = re.compile(rf"/rest/v\d+\.\d+(?:/{_SEGMENT})+")

_TEXTS = frozenset(
    {"method", "rest", "deprecated", "sunset", "successor", "successor-basis", "note"}
)
_REQUIRED = ("rest", "sources")


@dataclass(frozen=True, slots=True)
class Operation:
    """What is known of one Rest operation.

    ``method`` is None where only the path is known. The rest is as in a rule; ``rule`` is
    the id of the rule that leads here, None where none does, and ``confirmed`` is False
    where no reference names the method.
    """

    method: str | None
    rest: str
    deprecated: date | None = None
    sunset: date | None = None
    successor: str | None = None
    successor_basis: str | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()
    rule: str | None = None
    confirmed: bool = True
    file: str = ""

    @property
    def name(self) -> str:
        """``GET /rest/v1.0/me``; the path alone where the method is not known."""
        return f"{self.method} {self.rest}" if self.method else self.rest

    @property
    def version(self) -> str:
        """``v1.0`` of ``/rest/v1.0/me``."""
        return self.rest.split("/")[2]


def read_operation(row: object, file: str = "") -> Operation:
    """Return the operation that a table of a TOML file spells. Raises RowError."""
    fields = read_fields(row, _TEXTS, frozenset({"sources"}), _REQUIRED)
    method: str | None = fields.get("method")
    operation = Operation(
        method=method,
        rest=fields["rest"],
        deprecated=read_day("deprecated", fields),
        sunset=read_day("sunset", fields),
        successor=fields.get("successor"),
        successor_basis=fields.get("successor-basis"),
        note=fields.get("note"),
        sources=tuple(fields["sources"]),
        confirmed=method is not None,
        file=file,
    )
    if method not in METHODS:
        raise RowError(f"method is {method!r}", "method")
    if not _REST.fullmatch(operation.rest):
        raise RowError(f"rest is {operation.rest!r}", "rest")
    check_end(operation)
    return operation


def list_operation_fields(operation: Operation) -> dict[str, str | list[str] | None]:
    """Return the fields of an operation as its file names and orders them."""
    return {
        "method": operation.method,
        "rest": operation.rest,
        "deprecated": None if operation.deprecated is None else operation.deprecated.isoformat(),
        "sunset": None if operation.sunset is None else operation.sunset.isoformat(),
        "successor": operation.successor,
        "successor-basis": operation.successor_basis,
        "note": operation.note,
        "sources": list(operation.sources),
    }


def write_operation(operation: Operation) -> dict[str, str | list[str]]:
    """Return the fields of an operation as they stand in its file: without empty ones."""
    return {key: value for key, value in list_operation_fields(operation).items() if value}
