import asyncio

import aiohttp


class Api:
    async def __aenter__(self):
        self.session = aiohttp.ClientSession(base_url="https://api.procore.com")
        return self

    async def __aexit__(self, *error):
        await self.session.close()

    async def get(self, path):
        async with self.session.get(path) as response:
            return await response.json()


async def main():
    async with Api() as api:
        await api.get("/vapid/programs")


asyncio.run(main())
