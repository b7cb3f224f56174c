import os
import requests
import httpx

BASE = os.environ.get("PROCORE_BASE", "https://api.procore.com") + "/vapid"


class Roster:
    def __init__(self, token, company):
        self.session = requests.Session()
        self.session.headers.update({"Authorization": f"Bearer {token}", "Procore-Company-Id": str(company)})
        self.company = company

    def projects(self):
        found = self.session.get(f"{BASE}/projects", params={"company_id": self.company, "per_page": 2})
        found.raise_for_status()
        rows = found.json()
        while "next" in found.links:
            found = self.session.get(found.links["next"]["url"])
            rows += found.json()
        return rows

    def users(self, project):
        return self.session.get(f"{BASE}/projects/{project}/users").json()

    def add_user(self, project, user):
        found = self.session.post(f"{BASE}/projects/{project}/users/{user}/actions/add")
        found.raise_for_status()
        return found


async def me(token):
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as client:
        return (await client.get(f"{BASE}/me")).json()
