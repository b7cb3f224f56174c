import asyncio

import httpx


class Api:
    def __init__(self, http):
        self.http = http

    async def pages(self, path):
        for page in (1, 2):
            response = await self.http.get(f"/vapid/{path}", params={"page": page})
            for row in response.json():
                yield row


async def main():
    async with httpx.AsyncClient(base_url="https://api.procore.com") as http:
        api = Api(http)
        ids = [row["id"] async for row in api.pages("companies")]
        async for row in api.pages("projects"):
            await http.delete(f"/vapid/projects/{row['id']}/images/{ids[0]}")


asyncio.run(main())
