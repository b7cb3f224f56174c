import asyncio

import aiohttp
from yarl import URL

HOST = URL("https://api.procore.com")
ROOT = HOST.with_path("/vapid")


async def main():
    async with aiohttp.ClientSession() as session:
        await session.get(HOST.with_path("/vapid/me"))
        await session.get(ROOT / "companies")
        await session.get(URL.build(scheme="https", host="api.procore.com", path="/vapid/users"))
        await session.get(HOST.join(URL("/vapid/vendors")))


asyncio.run(main())
