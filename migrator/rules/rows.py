"""One row of the table, and what makes a row of a TOML file acceptable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from migrator.errors import MigratorError
from migrator.rules.fields import DAY, RowError, check_end, read_day, read_fields, read_value
from migrator.values import Status


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong in a file of the table; line and column count from 1."""

    file: str
    line: int
    column: int
    reason: str

    def __str__(self) -> str:
        """Return ``file:line:column: reason``."""
        return f"{self.file}:{self.line}:{self.column}: {self.reason}"


class RuleError(MigratorError):
    """A file of the table holds something that is no rule."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of one vapid operation.

    ``method`` is None where only the path is known, ``rest`` where v1.0 does not have the
    same path. ``candidates`` are calls such as ``GET /rest/v1.1/…`` for what has moved.
    ``deprecated``, ``sunset`` and ``successor`` speak of the v1.0 target; the successor is
    a call, a path or a few words, and ``successor_basis`` is ``stated`` by Procore or
    ``inferred``. ``asks_for`` are placeholders of a target that the vapid path has no value
    for. ``hints`` are differences of parameters between references of 2017 and 2026: hints,
    no more; ``parameters`` are those of an OpenAPI document, such as ``query page``.
    ``header_exempt`` tells a target that needs no ``Procore-Company-Id``. ``checked`` is a
    day or a month, and ``file`` the file that the row stands in, as a person knows it.
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
    asks_for: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    header_exempt: bool = False
    checked: str | None = None
    file: str = ""

    @property
    def name(self) -> str:
        """``GET /vapid/me``; the path alone where the method is not known."""
        return f"{self.method} {self.vapid}" if self.method else self.vapid


METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE", None)
"""The order of the rows of one path; last comes the row for a method that is not known."""

_SEGMENT = r"(?:[a-z0-9_]+|\{[a-z0-9_]+\})"
_METHOD = r"(?:GET|POST|PATCH|PUT|DELETE)"
_ID = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_VAPID = re.compile(rf"/vapid(?:/{_SEGMENT})+")
_CALL = re.compile(rf"{_METHOD} /rest/v\d+\.\d+(?:/{_SEGMENT})+")
_MONTH = re.compile(r"\d{4}-\d{2}")
_HOLE = re.compile(r"\{([^{}]*)\}")

_TEXTS = frozenset(
    {"id", "method", "vapid", "rest", "status", "deprecated", "sunset", "successor"}
    | {"successor-basis", "note", "support-2017", "company-header", "checked"}
)
_LISTS = frozenset({"candidates", "asks-for", "hints", "parameters", "sources"})
_REQUIRED = ("id", "vapid", "status", "sources")
_SAME_PATH = frozenset({Status.DIRECT, Status.UNVERIFIED})
_ELSEWHERE = frozenset({Status.MOVED, Status.NEWER_ONLY})
_GIVEN = frozenset({"company_id", "project_id"})
"""What any client of Procore's knows, in the path or not."""


def read_rule(row: object, area: str, *, checked: str | None = None, file: str = "") -> Rule:
    """Return the rule that a table of a TOML file spells.

    ``checked`` holds where the row does not say another day. Raises RowError, with the
    reason and nothing about the place, where it is none.
    """
    fields = read_fields(row, _TEXTS, _LISTS, _REQUIRED)
    rule = Rule(
        id=fields["id"],
        area=area,
        method=fields.get("method"),
        vapid=fields["vapid"],
        rest=fields.get("rest"),
        status=read_value("status", fields["status"], Status),
        candidates=tuple(fields.get("candidates", ())),
        deprecated=read_day("deprecated", fields),
        sunset=read_day("sunset", fields),
        successor=fields.get("successor"),
        successor_basis=fields.get("successor-basis"),
        note=fields.get("note"),
        hints=tuple(fields.get("hints", ())),
        sources=tuple(fields["sources"]),
        support_2017=fields.get("support-2017"),
        asks_for=tuple(fields.get("asks-for", ())),
        parameters=tuple(fields.get("parameters", ())),
        header_exempt="company-header" in fields,
        checked=fields.get("checked", checked),
        file=file,
    )
    _check_spelling(rule, fields)
    _check_target(rule)
    if rule.deprecated is not None and rule.rest is None:
        raise RowError("deprecated stands without rest", "deprecated")
    check_end(rule)
    _check_placeholders(rule)
    return rule


def list_fields(rule: Rule) -> dict[str, str | list[str] | None]:
    """Return the fields of a rule as its file names and orders them."""
    return {
        "id": rule.id,
        "method": rule.method,
        "vapid": rule.vapid,
        "rest": rule.rest,
        "status": rule.status.value,
        "candidates": list(rule.candidates),
        "asks-for": list(rule.asks_for),
        "company-header": "exempt" if rule.header_exempt else None,
        "deprecated": None if rule.deprecated is None else rule.deprecated.isoformat(),
        "sunset": None if rule.sunset is None else rule.sunset.isoformat(),
        "successor": rule.successor,
        "successor-basis": rule.successor_basis,
        "note": rule.note,
        "hints": list(rule.hints),
        "parameters": list(rule.parameters),
        "sources": list(rule.sources),
        "support-2017": rule.support_2017,
        "checked": rule.checked,
    }


def write_rule(rule: Rule) -> dict[str, str | list[str]]:
    """Return the fields of a rule as they stand in its file: without those that are empty."""
    return {key: value for key, value in list_fields(rule).items() if value}


def shape_of(path: str) -> str:
    """Return a path, or a method and path, without the names of its placeholders."""
    return _HOLE.sub("{}", path)


def is_checked(text: str) -> bool:
    """Tell whether a text is a day, or a month, that there is."""
    if not DAY.fullmatch(text) and not _MONTH.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01"[:10])
    except ValueError:
        return False
    return True


def _check_spelling(rule: Rule, fields: dict[str, Any]) -> None:
    if not _ID.fullmatch(rule.id):
        raise RowError(f"id is {rule.id!r}", "id")
    if rule.method is not None and not re.fullmatch(_METHOD, rule.method):
        raise RowError(f"method is {rule.method!r}", "method")
    if not _VAPID.fullmatch(rule.vapid):
        raise RowError(f"vapid is {rule.vapid!r}", "vapid")
    for candidate in rule.candidates:
        if not _CALL.fullmatch(candidate):
            raise RowError(f"candidate is {candidate!r}", "candidates")
    if rule.status is Status.UNLISTED:
        raise RowError("status is 'unlisted', which is for what has no row", "status")
    if "checked" in fields and not is_checked(fields["checked"]):
        raise RowError(f"checked is {fields['checked']!r}", "checked")
    if fields.get("company-header", "exempt") != "exempt":
        raise RowError(f"company-header is {fields['company-header']!r}", "company-header")


def _check_target(rule: Rule) -> None:
    """Raise where what a row says of its target does not hold together."""
    same = "/rest/v1.0" + rule.vapid.removeprefix("/vapid")
    if rule.status in _SAME_PATH and rule.rest != same:
        raise RowError(f"rest is not {same}", "rest")
    if rule.status not in _SAME_PATH and rule.rest is not None:
        raise RowError(f"rest stands with status {rule.status}", "rest")
    if (rule.status in _ELSEWHERE) != bool(rule.candidates):
        raise RowError(f"status {rule.status} with {len(rule.candidates)} candidates", "status")
    if f"{rule.method} {shape_of(same)}" in map(shape_of, rule.candidates):
        raise RowError(f"candidate is {rule.method} {same}, which is the same path", "candidates")
    if "/vapid" in (rule.successor or ""):
        raise RowError("successor is itself a vapid path", "successor")


def _check_placeholders(rule: Rule) -> None:
    """Raise where a target has a placeholder that nothing in the vapid path can fill.

    The ids of the company and the project are known to any client; another may be called
    otherwise than in the vapid path, but must have one there to come from.
    """
    source = set(_HOLE.findall(rule.vapid))
    for key, target in list_targets(rule):
        named = set(_HOLE.findall(target))
        new = named - source - _GIVEN - set(rule.asks_for)
        if len(new) > len(source - named):
            names = ", ".join(f"{{{name}}}" for name in sorted(new))
            raise RowError(
                f"{target} has {names}, which the vapid path has no value for: "
                "name it in asks-for if a client has to find it out",
                key,
            )


def list_targets(rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield where a row leads to but for the same path, with the field that says so."""
    for candidate in rule.candidates:
        yield "candidates", candidate
    if rule.successor is not None:
        yield "successor", rule.successor
