"""Reads what an answer's body is, without trust in it."""

from __future__ import annotations

import json
from typing import Any

NOTHING = object()
"""What stands for a body that is no JSON."""


def read_body(data: bytes | None) -> Any:
    """Return what a body holds; NOTHING where it is no JSON, or too long."""
    try:
        return NOTHING if data is None else json.loads(data)
    except (ValueError, RecursionError):
        return NOTHING


def list_ids(data: bytes | None) -> list[str]:
    """Return the ids of the rows of a list, which from version 2.0 on stands in an object."""
    body = read_body(data)
    if isinstance(body, dict):
        body = body.get("data")
    if not isinstance(body, list):
        return []
    ids = [row.get("id") for row in body if isinstance(row, dict)]
    return [
        str(each)
        for each in ids
        if isinstance(each, int | str) and not isinstance(each, bool) and str(each).strip()
    ]
