"""Makes rows that look like those of a Procore resource: the same for the same path, always."""

from __future__ import annotations

from typing import Any
from zlib import crc32

_NAMES = ("Tower A", "North Annex", "Harbour Bridge", "Clinic Wing", "School Hall", "Parking Deck")
_TITLES = ("Door schedule", "Slab edge", "Anchor bolts", "Fire stopping", "Roof drain", "Handrail")
_STATUSES = ("open", "closed", "draft", "pending")
_ME = {"id": 42, "login": "ada@example.com", "name": "Ada Example"}


def count_rows(collection: str) -> int:
    """Return how many rows a collection has: some fit on a page, some do not."""
    return 3 + crc32(collection.encode()) % 58


def list_rows(collection: str, first: int, last: int) -> list[dict[str, Any]]:
    """Return the rows ``[first, last)`` of a collection, counted from 0."""
    start = first_id(collection)
    return [make_row(collection, str(start + number)) for number in range(first, last)]


def first_id(collection: str) -> int:
    """Return the id of the first row of a collection; those of the others follow it."""
    return 1_000 + crc32(collection.encode()) % 9_000 * 100


def make_row(collection: str, name: str) -> dict[str, Any]:
    """Return one row; its id is a number where ``name`` spells one."""
    seed = crc32(f"{collection}/{name}".encode())
    day = f"2026-{1 + seed % 9:02}-{1 + seed % 28:02}T08:00:00Z"
    return {
        "id": int(name) if name.isdecimal() else name,
        "number": str(1 + seed % 200),
        "name": _NAMES[seed % len(_NAMES)],
        "title": _TITLES[seed % len(_TITLES)],
        "status": _STATUSES[seed % len(_STATUSES)],
        "created_at": day,
        "updated_at": day,
    }


def make_company(name: str) -> dict[str, Any]:
    """Return a row of the list of companies."""
    return {"id": int(name), "name": f"Company {name}", "is_active": True}


def make_me() -> dict[str, Any]:
    """Return whom a token belongs to."""
    return dict(_ME)
