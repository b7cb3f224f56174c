"""Lists the parameters of an OpenAPI operation, each as one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_PLACES = ("path", "query", "header", "cookie", "body")
_MEDIA = ("application/json", "multipart/form-data")
_DEPTH = 2
"""Of names in a body: Procore wraps the fields in one object, such as ``rfi.subject``."""
_HOPS = 50

Fields = dict[str, bool]
"""The names of a schema's fields, and whether each is required."""


def resolve(document: dict[str, Any], value: object) -> object:
    """Return what a local reference points at, at any remove; None where that is nothing.

    References to other documents are not followed.
    """
    for _ in range(_HOPS):
        if not isinstance(value, dict) or not isinstance(value.get("$ref"), str):
            return value
        reference = value["$ref"]
        value = document if reference.startswith("#") else None
        for part in reference[1:].split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            value = value.get(key) if isinstance(value, dict) else None
    return None


def list_parameters(
    document: dict[str, Any], item: dict[str, Any], operation: dict[str, Any]
) -> tuple[str, ...]:
    """Return lines such as ``query page`` and ``body rfi.subject required``, in order.

    Those of the operation stand over those of its path. Names of a path's parameters are
    left out: a client never spells them.
    """
    found: dict[tuple[str, str], bool] = {}
    for place in (item, operation):
        listed = place.get("parameters")
        for written in listed if isinstance(listed, list) else ():
            parameter = resolve(document, written)
            if not isinstance(parameter, dict):
                continue
            name, where = parameter.get("name"), parameter.get("in")
            if isinstance(name, str) and name and where in _PLACES and where != "path":
                found[str(where), name] = parameter.get("required") is True
    for name, required in _list_body(document, operation).items():
        found["body", name] = required
    return tuple(
        f"{where} {_join(name)}{' required' if required else ''}"
        for (where, name), required in sorted(found.items(), key=_in_order)
    )


def _in_order(parameter: tuple[tuple[str, str], bool]) -> tuple[int, str]:
    (where, name), _ = parameter
    return _PLACES.index(where), name


def _join(name: str) -> str:
    return re.sub(r"\s+", "-", name.strip()) or "-"


def _list_body(document: dict[str, Any], operation: dict[str, Any]) -> Fields:
    body = resolve(document, operation.get("requestBody"))
    content = body.get("content") if isinstance(body, dict) else None
    if not isinstance(content, dict) or not content:
        return {}
    media = next((each for each in _MEDIA if each in content), next(iter(content)))
    chosen = content[media]
    schema = chosen.get("schema") if isinstance(chosen, dict) else None
    return _list_fields(document, schema, _DEPTH)


def _list_fields(document: dict[str, Any], schema: object, depth: int) -> Fields:
    """Return the fields of an object, those of objects in it behind a dot."""
    fields: Fields = {}
    required: set[str] = set()
    for part in _list_parts(document, schema):
        names = part.get("required")
        required.update(map(str, names) if isinstance(names, list) else ())
        properties = part.get("properties")
        for name, below in properties.items() if isinstance(properties, dict) else ():
            inner = _list_fields(document, below, depth - 1) if depth > 1 else {}
            fields[str(name)] = False
            fields |= {f"{name}.{key}": needed for key, needed in inner.items()}
    return fields | {name: True for name in required if name in fields}


def _list_parts(document: dict[str, Any], schema: object) -> Iterator[dict[str, Any]]:
    """Yield a schema and those that it is made of, each once: they can refer in circles."""
    # By identity, which holds only as long as they live.
    seen: dict[int, dict[str, Any]] = {}
    pending = [schema]
    while pending:
        part = resolve(document, pending.pop(0))
        if not isinstance(part, dict) or id(part) in seen:
            continue
        seen[id(part)] = part
        yield part
        every = part.get("allOf")
        pending += every if isinstance(every, list) else []
        # One of several: none of its fields is always there.
        for key in ("oneOf", "anyOf"):
            some = part.get(key)
            pending += [
                {"properties": found.get("properties")}
                for each in (some if isinstance(some, list) else ())
                if isinstance(found := resolve(document, each), dict)
            ]
