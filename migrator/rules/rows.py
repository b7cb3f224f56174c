"""One row of the table, and what makes a row of a TOML file acceptable."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from migrator.errors import MigratorError
from migrator.values import Status


class RuleError(MigratorError):
    """A file of the table holds something that is no rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of one vapid operation.

    ``method`` is None where only the path is known, ``rest`` where v1.0 does not have the
    same path. ``candidates`` are calls such as ``GET /rest/v1.1/…`` for what has moved.
    ``deprecated``, ``sunset`` and ``successor`` speak of the v1.0 target; the successor is
    a call, a path or a few words, and ``successor_basis`` is ``stated`` by Procore or
    ``inferred``. ``hints`` are differences of parameters between references of 2017 and
    2026: hints, no more.
    """

    id: str
    area: str
    method: str | None
    vapid: str
    rest: str | None
    status: Status
    candidates: tuple[str, ...] = ()
    deprecated: date | None = None
    sunset: date | None = None
    successor: str | None = None
    successor_basis: str | None = None
    note: str | None = None
    hints: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    support_2017: str | None = None

    @property
    def name(self) -> str:
        """``GET /vapid/me``; the path alone where the method is not known."""
        return f"{self.method} {self.vapid}" if self.method else self.vapid


_Value = TypeVar("_Value")

_SEGMENT = r"(?:[a-z0-9_]+|\{[a-z0-9_]+\})"
_METHOD = r"(?:GET|POST|PATCH|PUT|DELETE)"
_ID = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_VAPID = re.compile(rf"/vapid(?:/{_SEGMENT})+")
_CALL = re.compile(rf"{_METHOD} /rest/v\d+\.\d+(?:/{_SEGMENT})+")

_TEXTS = frozenset(
    {"id", "method", "vapid", "rest", "status", "deprecated", "sunset", "successor"}
    | {"successor-basis", "note", "support-2017"}
)
_LISTS = frozenset({"candidates", "hints", "sources"})
_REQUIRED = ("id", "vapid", "status", "sources")
_SAME_PATH = frozenset({Status.DIRECT, Status.UNVERIFIED})
_ELSEWHERE = frozenset({Status.MOVED, Status.NEWER_ONLY})


def read_rule(row: object, area: str) -> Rule:
    """Return the rule that a table of a TOML file spells.

    Raises ``ValueError`` with the reason, and nothing about the place, where it is none.
    """
    fields = _check_fields(row)
    rule = Rule(
        id=fields["id"],
        area=area,
        method=fields.get("method"),
        vapid=fields["vapid"],
        rest=fields.get("rest"),
        status=_read("status", fields["status"], Status),
        candidates=tuple(fields.get("candidates", ())),
        deprecated=_read_day("deprecated", fields),
        sunset=_read_day("sunset", fields),
        successor=fields.get("successor"),
        successor_basis=fields.get("successor-basis"),
        note=fields.get("note"),
        hints=tuple(fields.get("hints", ())),
        sources=tuple(fields["sources"]),
        support_2017=fields.get("support-2017"),
    )
    _check_spelling(rule)
    _check_target(rule)
    return rule


def _check_fields(row: object) -> dict[str, Any]:
    """Return the row if its keys are known and their values of the right kind."""
    if not isinstance(row, dict):
        raise ValueError("is not a table")  # noqa: TRY004 - every reason arrives the same way
    for key, value in row.items():
        if key in _TEXTS:
            if not isinstance(value, str) or not value:
                raise ValueError(f"{key} is not a text")
        elif key not in _LISTS:
            raise ValueError(f"unknown key {key}")
        elif not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ValueError(f"{key} is not a list of texts")
    if absent := [key for key in _REQUIRED if not row.get(key)]:
        raise ValueError(f"no {absent[0]}")
    return row


def _read(key: str, text: str, read: Callable[[str], _Value]) -> _Value:
    try:
        return read(text)
    except ValueError as error:
        raise ValueError(f"{key} is {text!r}") from error


def _read_day(key: str, fields: dict[str, Any]) -> date | None:
    return _read(key, fields[key], date.fromisoformat) if key in fields else None


def _check_spelling(rule: Rule) -> None:
    if not _ID.fullmatch(rule.id):
        raise ValueError(f"id is {rule.id!r}")
    if rule.method is not None and not re.fullmatch(_METHOD, rule.method):
        raise ValueError(f"method is {rule.method!r}")
    if not _VAPID.fullmatch(rule.vapid):
        raise ValueError(f"vapid is {rule.vapid!r}")
    for candidate in rule.candidates:
        if not _CALL.fullmatch(candidate):
            raise ValueError(f"candidate is {candidate!r}")
    if rule.status is Status.UNLISTED:
        raise ValueError("status is 'unlisted', which is for what has no row")


def _check_target(rule: Rule) -> None:
    """Raise where what a row says of its target does not hold together."""
    same = "/rest/v1.0" + rule.vapid.removeprefix("/vapid")
    if rule.status in _SAME_PATH and rule.rest != same:
        raise ValueError(f"rest is not {same}")
    if rule.status not in _SAME_PATH and rule.rest is not None:
        raise ValueError(f"rest stands with status {rule.status}")
    if (rule.status in _ELSEWHERE) != bool(rule.candidates):
        raise ValueError(f"status {rule.status} with {len(rule.candidates)} candidates")
    if rule.deprecated is not None and rule.rest is None:
        raise ValueError("deprecated stands without rest")
    if rule.deprecated is None and (rule.sunset or rule.successor):
        raise ValueError("sunset or successor stands without deprecated")
    if rule.sunset is not None and rule.deprecated is not None and rule.sunset < rule.deprecated:
        raise ValueError("sunset comes before deprecated")
    if (rule.successor is None) != (rule.successor_basis is None):
        raise ValueError("successor and successor-basis stand together")
    if rule.successor_basis not in {None, "stated", "inferred"}:
        raise ValueError(f"successor-basis is {rule.successor_basis!r}")
