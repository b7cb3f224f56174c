"""Asks for the same with each library."""
import asyncio
import http.client
import urllib.request

import aiohttp
import httpx
import requests

BASE = "https://api.procore.com"
TOKEN = {"Authorization": "Bearer token"}

requests.get(BASE + "/vapid/projects", params={"company_id": 9})
requests.request("GET", f"{BASE}/rest/v1.0/departments", headers=TOKEN)
requests.get(BASE + "/vapid/me")
session = requests.Session()
session.headers["Authorization"] = "Bearer token"
session.post(BASE + "/vapid/departments", json={}, headers={"Accept": "application/json"})


class Client(httpx.Client):
    def __init__(self):
        super().__init__(base_url=BASE, headers={"Accept": "application/json"})


with Client() as client:
    client.get("/rest/v1.0/vendors")
with httpx.Client() as client:
    client.patch(f"{BASE}/vapid/vendors/7", json={})

request = urllib.request.Request(BASE + "/vapid/offices")
request.add_header("Authorization", "Bearer token")
urllib.request.urlopen(request).read()
connection = http.client.HTTPSConnection("api.procore.com")
connection.request("GET", "/vapid/companies/9/trades", None, {"Accept": "*/*"})
connection.getresponse().read()
connection.close()


async def programs():
    async with aiohttp.ClientSession() as session:
        async with session.get(BASE + "/vapid/companies/9/programs") as answer:
            await answer.read()


asyncio.run(programs())
requests.get("https://files.example.com/a")
