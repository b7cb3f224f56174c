"""Reads out of OpenAPI documents which Rest operations there are, and how each stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from migrator.rules.fetch import DocumentError
from migrator.rules.parameters import list_parameters, resolve
from migrator.rules.rows import shape_of

_METHODS = ("get", "post", "patch", "put", "delete")
_PATH = re.compile(r"/rest/(v\d+\.\d+)(/.+)")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?")
_EPOCH = re.compile(r"[1-9]\d{8,9}")
"""Seconds since 1970: one day in Procore's reference is known in that form."""
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_DEPRECATED_AT = ("x-deprecated-at", "deprecated-at", "deprecated_at", "deprecatedAt")
_SUNSET = ("x-sunset", "sunset", "sunset-at", "sunset_at", "sunsetAt")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of ``/rest``; ``path`` is what stands behind its version.

    ``parameters`` are lines such as ``query page`` and ``body rfi.subject required``.
    """

    method: str
    version: str
    path: str
    is_deprecated: bool
    deprecated_at: date | None
    sunset: date | None
    parameters: tuple[str, ...]

    @property
    def name(self) -> str:
        """``GET /rest/v1.0/me``."""
        return f"{self.method} /rest/{self.version}{self.path}"


@dataclass(slots=True)
class Spec:
    """The operations of one or several documents, to be found by path."""

    operations: dict[str, Operation] = field(default_factory=dict)
    """By ``METHOD /rest/version/path`` without the names of placeholders."""
    by_path: dict[str, list[Operation]] = field(default_factory=dict)
    """By the path behind the version, without the names of placeholders."""
    remarks: list[str] = field(default_factory=list)
    """What a person should know of the documents."""

    def at(self, path: str, version: str | None = None) -> list[Operation]:
        """Return the operations of a path, of one version or of all."""
        found = self.by_path.get(shape_of(path), [])
        return [each for each in found if version in {None, each.version}]


def read_spec(documents: Iterable[tuple[str, dict[str, Any]]]) -> Spec:
    """Return the Rest operations of documents; of several that differ, the first counts.

    Raises DocumentError where one says what cannot be, or none has any such operation.
    """
    spec = Spec()
    names = []
    for name, document in documents:
        names.append(name)
        for operation in _read_operations(name, document):
            key = shape_of(operation.name)
            first = spec.operations.setdefault(key, operation)
            if first is operation:
                spec.by_path.setdefault(shape_of(operation.path), []).append(operation)
            elif _told(first) != _told(operation):
                spec.remarks.append(f"{operation.name} stands twice, not alike: the first counts")
    if not spec.operations:
        raise DocumentError(f"{', '.join(names)}: has no operation below /rest/v…: not Procore's")
    return spec


def _told(operation: Operation) -> tuple[object, ...]:
    return (
        operation.is_deprecated,
        operation.deprecated_at,
        operation.sunset,
        tuple(map(shape_of, operation.parameters)),
    )


def _read_operations(name: str, document: dict[str, Any]) -> Iterator[Operation]:
    for path, written in document["paths"].items():
        if not isinstance(path, str) or not path.startswith("/"):
            # Extensions stand there as well.
            continue
        where = f"{name}: paths: {path}"
        item = resolve(document, written)
        if not isinstance(item, dict):
            raise DocumentError(f"{where}: is not an object")
        for method in _METHODS:
            if method not in item:
                continue
            operation = item[method]
            at = f"{where}: {method}"
            if not isinstance(operation, dict):
                raise DocumentError(f"{at}: is not an object")
            base = _find_base(operation, item, document)
            if match := _PATH.fullmatch(f"{base}{path}".rstrip("/")):
                yield _read_operation(at, document, item, method, match)


def _read_operation(
    where: str, document: dict[str, Any], item: dict[str, Any], method: str, match: re.Match[str]
) -> Operation:
    operation = item[method]
    is_deprecated = operation.get("deprecated") or False
    if not isinstance(is_deprecated, bool):
        raise DocumentError(f"{where}: deprecated is {is_deprecated!r}, not true or false")
    deprecated_at = _find_day(where, operation, _DEPRECATED_AT)
    sunset = _find_day(where, operation, _SUNSET)
    if deprecated_at is not None and sunset is not None and sunset < deprecated_at:
        raise DocumentError(f"{where}: its sunset {sunset} is before {deprecated_at}")
    return Operation(
        method=method.upper(),
        version=match[1],
        path=match[2],
        is_deprecated=is_deprecated or deprecated_at is not None or sunset is not None,
        deprecated_at=deprecated_at,
        sunset=sunset,
        parameters=list_parameters(document, item, operation),
    )


def _find_day(where: str, operation: Mapping[str, Any], keys: tuple[str, ...]) -> date | None:
    """Return the day of an extension: of the operation, or inside another extension of it.

    Only the first name is looked for in the operation itself: the others could be anything.
    """
    inside = [
        (key, value)
        for key, value in operation.items()
        if isinstance(value, dict) and (str(key).startswith("x-") or key == "extensions")
    ]
    places = [(keys[:1], operation), *((keys, value) for _, value in inside)]
    for names, place in places:
        for key in names:
            value = place.get(key)
            if value is not None and value != "":
                return _read_day(f"{where}: {key}", value)
    return None


def _read_day(where: str, value: object) -> date:
    if _EPOCH.fullmatch(str(value)):
        return datetime.fromtimestamp(int(str(value)), UTC).date()
    match = _DAY.fullmatch(str(value))
    if match is not None:
        try:
            return date.fromisoformat(match[1])
        except ValueError:
            pass
    raise DocumentError(f"{where} is {value!r}, which is no day")


def _find_base(*places: Mapping[str, Any]) -> str:
    """Return the path that the nearest list of servers puts before all others."""
    for place in places:
        servers = place.get("servers")
        if isinstance(servers, list) and servers and isinstance(servers[0], dict):
            return _base_of(servers[0])
    return ""


def _base_of(server: Mapping[str, Any]) -> str:
    variables = server.get("variables")

    def fill(match: re.Match[str]) -> str:
        variable = variables.get(match[1]) if isinstance(variables, dict) else None
        return str(variable.get("default", "")) if isinstance(variable, dict) else ""

    try:
        return urlsplit(_VARIABLE.sub(fill, str(server.get("url", "")))).path.rstrip("/")
    except ValueError:
        return ""
