import asyncio

import aiohttp


async def main():
    async with aiohttp.ClientSession("https://api.procore.com/vapid/") as session:
        async with session.get("me") as response:
            await response.json()
        async with session.get("/rest/v1.1/me") as response:
            await response.json()


asyncio.run(main())
