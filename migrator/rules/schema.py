"""Holds a document to the JSON Schema of the rule files.

The schema needs a dozen of JSON Schema's keywords. To read those here keeps ``rules lint``
free of a dependency that most who run it would lack; a test compares the verdicts with
those of a full implementation. A keyword that is not known here is an error, not a pass.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from migrator.resources import data_folder

Path = tuple[str | int, ...]
"""The keys and numbers that lead to a part of a document."""

_SILENT = frozenset({"$schema", "$id", "$defs", "title", "description"})
_TYPES: dict[str, tuple[type, str]] = {
    "object": (dict, "a table"),
    "array": (list, "a list"),
    "string": (str, "a text"),
}


@cache
def load_schema() -> dict[str, Any]:
    """Return the schema that comes with the table."""
    path = data_folder("rules") / "rules.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def find_violations(
    document: object, schema: dict[str, Any], path: Path = ()
) -> Iterator[tuple[Path, str]]:
    """Yield each part of a document that is not as the schema says, and why."""
    for keyword, wanted in schema.items():
        if keyword not in _SILENT:
            yield from _check(keyword, wanted, document, schema, path)


def _check(
    keyword: str, wanted: Any, value: object, schema: dict[str, Any], path: Path
) -> Iterator[tuple[Path, str]]:
    match keyword, value:
        case "$ref", _:
            target = load_schema()["$defs"][wanted.removeprefix("#/$defs/")]
            yield from find_violations(value, target, path)
        case "anyOf", _:
            ways = [[*find_violations(value, way, path)] for way in wanted]
            if all(ways):
                yield from ways[0]
        case "type", _:
            kind, noun = _TYPES[wanted]
            if not isinstance(value, kind):
                yield path, f"is not {noun}"
        case "enum", _:
            if value not in wanted:
                yield path, f"is {value!r}, not one of {', '.join(wanted)}"
        case "pattern", str():
            # A dollar sign of Python's also matches before a line end.
            if not re.search(re.sub(r"\$$", r"\\Z", wanted), value):
                yield path, f"is {value!r}, which is not spelled as it must be"
        case "minLength", str():
            if len(value) < wanted:
                yield path, "is empty"
        case (("required" | "properties" | "additionalProperties" | "dependentRequired"), dict()):
            yield from _check_table(keyword, wanted, value, schema, path)
        case (("items" | "minItems" | "uniqueItems"), list()):
            yield from _check_list(keyword, wanted, value, path)
        case (("pattern" | "minLength" | "required" | "properties" | "additionalProperties"), _):
            return
        case (("dependentRequired" | "items" | "minItems" | "uniqueItems"), _):
            return
        case _:
            raise NotImplementedError(f"the keyword {keyword} of JSON Schema")


def _check_table(
    keyword: str, wanted: Any, value: dict[str, Any], schema: dict[str, Any], path: Path
) -> Iterator[tuple[Path, str]]:
    match keyword:
        case "required":
            yield from ((path, f"no {key}") for key in wanted if key not in value)
        case "properties":
            for key in wanted.keys() & value.keys():
                yield from find_violations(value[key], wanted[key], (*path, key))
        case "additionalProperties":
            known = schema["properties"]
            yield from (((*path, key), f"unknown key {key}") for key in value if key not in known)
        case _:
            for key in wanted.keys() & value.keys():
                for other in wanted[key]:
                    if other not in value:
                        yield (*path, key), f"stands without {other}"


def _check_list(
    keyword: str, wanted: Any, value: list[Any], path: Path
) -> Iterator[tuple[Path, str]]:
    match keyword:
        case "items":
            for number, item in enumerate(value):
                yield from find_violations(item, wanted, (*path, number))
        case "minItems":
            if len(value) < wanted:
                yield path, "is empty"
        case _:
            for number, item in enumerate(value):
                if item in value[:number]:
                    yield (*path, number), f"is {item!r}, which stands there twice"
