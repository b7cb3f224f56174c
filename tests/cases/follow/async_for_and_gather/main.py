import asyncio

import httpx


async def paths(company_id):
    for name in ("offices", "users"):
        yield f"/vapid/companies/{company_id}/{name}"


async def fetch(client, path):
    response = await client.get(path)
    return response.json()


async def main(company_id):
    async with httpx.AsyncClient(base_url="https://api.procore.com") as client:
        async for path in paths(company_id):
            await fetch(client, path)
        return await asyncio.gather(*(fetch(client, path) for path in ["/vapid/me"]))


asyncio.run(main(5))
