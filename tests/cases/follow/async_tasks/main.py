import asyncio

import httpx


async def fetch(client, path):
    return await client.get(path)


async def main():
    async with httpx.AsyncClient(base_url="https://api.procore.com/vapid/") as client:
        async with asyncio.TaskGroup() as group:
            group.create_task(fetch(client, "me"))
        task = asyncio.create_task(fetch(client, "companies"))
        await asyncio.wait_for(task, timeout=5)
        for done in asyncio.as_completed([fetch(client, f"projects/{n}") for n in (3, 4)]):
            await done


asyncio.run(main())
