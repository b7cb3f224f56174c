from os import environ

import aiohttp
import httpx
import requests

BASE = "https://api.procore.com"
session = requests.Session()
session.headers.update({"Authorization": "Bearer " + environ["TOKEN"], "Procore-Company-Id": environ["PROCORE_COMPANY_ID"]})


def projects():
    session.get(BASE + "/vapid/projects", headers={"Accept": "application/json"})
    return session.get(BASE + "/vapid/departments")


class Api:
    def __init__(self, session=None):
        self.session = session or requests.Session()
        self.session.headers["Authorization"] = "Bearer token"
        self.session.headers["Procore-Company-Id"] = environ["PROCORE_COMPANY_ID"]

    def get(self, path):
        return self.session.get(BASE + path)


class Bare(requests.Session):
    def __init__(self):
        super().__init__()
        self.headers.update({"Accept": "application/json", "Procore-Company-Id": environ["PROCORE_COMPANY_ID"]})

    def vendors(self):
        return self.get(f"{BASE}/rest/v1.0/vendors")


def main():
    Api().get("/vapid/offices")
    Bare().vendors()
    with requests.Session() as plain:
        plain.headers["Procore-Company-Id"] = environ["PROCORE_COMPANY_ID"]
        plain.get(BASE + "/rest/v1.0/trades")
    other = requests.Session()
    other.headers["Procore-Company-Id"] = environ["PROCORE_COMPANY_ID"]
    other.get(BASE + "/rest/v1.0/programs")
    with httpx.Client(base_url=BASE, headers={"Procore-Company-Id": environ["PROCORE_COMPANY_ID"]}) as client:
        client.get("/vapid/departments")
    client = httpx.Client(base_url=BASE, headers={"Authorization": "Bearer token", "Procore-Company-Id": environ["PROCORE_COMPANY_ID"]})
    client.post("/rest/v1.0/vendors", json={})


async def later():
    async with aiohttp.ClientSession(headers={"Procore-Company-Id": environ["PROCORE_COMPANY_ID"]}) as session:
        await session.get(BASE + "/vapid/vendors")
