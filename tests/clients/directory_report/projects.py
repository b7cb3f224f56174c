"""The directories of many projects, fetched side by side."""

import asyncio

import httpx

from company import HOST

LIMIT = 4


async def fetch(client: httpx.AsyncClient, url: str) -> list[dict]:
    response = await client.get(url)
    if response.status_code == httpx.codes.FORBIDDEN:
        return []
    response.raise_for_status()
    return response.json()


async def count_people(token: str, project_ids: list[int]) -> dict[int, int]:
    """Return how many users and vendors each project has."""
    gate = asyncio.Semaphore(LIMIT)

    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as client:

        async def count(project_id: int) -> int:
            async with gate:
                users, vendors = await asyncio.gather(
                    fetch(client, f"{HOST}/vapid/projects/{project_id}/users"),
                    fetch(client, f"{HOST}/vapid/projects/{project_id}/vendors"),
                )
            return len(users) + len(vendors)

        totals = await asyncio.gather(*(count(project_id) for project_id in project_ids))
    return dict(zip(project_ids, totals, strict=True))
