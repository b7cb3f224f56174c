import asyncio

import aiohttp


class Client:
    def __init__(self, session, host):
        self.session = session
        self.host = host

    async def request(self, method, path, **kwargs):
        send = getattr(self.session, method.lower())
        async with send(f"{self.host}/vapid/{path}", **kwargs) as response:
            return await response.json()

    async def get(self, path):
        return await self.request("GET", path)

    async def all(self, paths):
        return await asyncio.gather(*[self.get(path) for path in paths])


async def main():
    async with aiohttp.ClientSession() as session:
        client = Client(session, "https://api.procore.com")
        await client.request("POST", "projects", json={})
        await client.all(["me", "companies"])


asyncio.run(main())
