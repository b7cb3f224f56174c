import asyncio
from urllib.parse import urljoin

import aiohttp

HOST = "http://api.procore.com"


async def main():
    async with aiohttp.ClientSession() as session:
        for path in ("rest/v1.0/todos", "rest/v1.0/calendar_events"):
            async with session.get(urljoin(HOST, path) + "/1") as answer:
                await answer.text()


asyncio.run(main())
