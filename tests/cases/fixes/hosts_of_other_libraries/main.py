import asyncio
import http.client
import urllib.request

import aiohttp
import httpx

HOST = "app.procore.com"

with httpx.Client(base_url=f"https://{HOST}/rest/v1.0") as client:
    client.get("/me")
    client.get("companies/9/users")
with urllib.request.urlopen("https://app.procore.com/vapid/me") as answer:
    answer.read()
connection = http.client.HTTPSConnection("app.procore.com")
connection.request("GET", "/vapid/companies")
connection.getresponse().read()
connection.close()


async def trades():
    async with aiohttp.ClientSession("https://app.procore.com") as session:
        async with session.get("/vapid/companies/9/trades") as answer:
            await answer.read()


asyncio.run(trades())
