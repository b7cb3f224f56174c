"""The company's directory, fetched one request after the other."""

from __future__ import annotations

import os
from types import TracebackType
from typing import Any

import httpx

HOST = os.environ.get("PROCORE_URL", "https://api.procore.com")


class Directory:
    """A company's users and departments; use it in a `with` block."""

    def __init__(self, token: str, company_id: int) -> None:
        self._company_id = company_id
        self._client = httpx.Client(
            base_url=f"{HOST}/vapid",
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(10.0),
        )

    def __enter__(self) -> Directory:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def may_read(self) -> bool:
        """Say whether the token's owner belongs to the company."""
        self._client.get("me").raise_for_status()
        companies = self._client.get("/companies").raise_for_status().json()
        return any(company["id"] == self._company_id for company in companies)

    def users(self) -> list[dict[str, Any]]:
        company_id = self._company_id
        response = self._client.get(f"/companies/{company_id}/users", params={"per_page": 100})
        return response.raise_for_status().json()

    def ensure_department(self, name: str) -> int:
        """Return the id of the department, which is created if need be."""
        query = {"company_id": self._company_id}
        for department in self._client.get("/departments", params=query).json():
            if department["name"] == name:
                return department["id"]
        made = self._client.post("/departments", params=query, json={"department": {"name": name}})
        return made.raise_for_status().json()["id"]
