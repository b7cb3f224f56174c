from os import environ

import aiohttp
import httpx
import requests

BASE = "https://api.procore.com"
session = requests.Session()
session.headers.update({"Authorization": "Bearer " + environ["TOKEN"]})


def projects():
    session.get(BASE + "/vapid/projects", headers={"Accept": "application/json"})
    return session.get(BASE + "/vapid/departments")


class Api:
    def __init__(self, session=None):
        self.session = session or requests.Session()
        self.session.headers["Authorization"] = "Bearer token"

    def get(self, path):
        return self.session.get(BASE + path)


class Bare(requests.Session):
    def __init__(self):
        super().__init__()
        self.headers.update({"Accept": "application/json"})

    def vendors(self):
        return self.get(f"{BASE}/rest/v1.0/vendors")


def main():
    Api().get("/vapid/offices")
    Bare().vendors()
    with requests.Session() as plain:
        plain.get(BASE + "/rest/v1.0/trades")
    other = requests.Session()
    other.get(BASE + "/rest/v1.0/programs")
    with httpx.Client(base_url=BASE) as client:
        client.get("/vapid/departments")
    client = httpx.Client(base_url=BASE, headers={"Authorization": "Bearer token"})
    client.post("/rest/v1.0/vendors", json={})


async def later():
    async with aiohttp.ClientSession() as session:
        await session.get(BASE + "/vapid/vendors")
