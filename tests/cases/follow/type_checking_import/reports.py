from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from client import Client


def punch_items(api: Client, project_id: int) -> list:
    return api.get(f"/projects/{project_id}/punch_items").json()
