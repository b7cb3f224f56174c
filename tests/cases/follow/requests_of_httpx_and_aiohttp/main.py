import asyncio

import aiohttp
import httpx

HOST = "https://api.procore.com"


async def run():
    async with aiohttp.request("GET", HOST + "/vapid/me") as response:
        await response.read()
    async with aiohttp.ClientSession() as session:
        async with session.request("POST", HOST + "/vapid/projects", json={}) as sent:
            await sent.read()
    async with httpx.AsyncClient() as client:
        await client.send(httpx.Request("GET", HOST + "/vapid/companies"))
        async with client.stream("PATCH", f"{HOST}/vapid/projects/3") as response:
            await response.aread()


asyncio.run(run())
