import asyncio

import aiohttp
import main


async def drive():
    async with aiohttp.ClientSession() as session:
        await main.delete(session, 3, {"id": 9})


asyncio.run(drive())
