import os
import urllib.request

import httpx
import requests

BASE = "https://api.procore.com/rest/v1.0"
COMPANY_HEADER = "Procore-Company-Id"
COMMON = {"procore-company-id": "9"}

session = requests.Session()
session.headers.update({"Authorization": "Bearer token"})
session.headers[COMPANY_HEADER] = os.environ["PROCORE_COMPANY_ID"]
session.get(BASE + "/projects")
session.get(BASE + "/vendors", headers={"Accept": "application/json"})

requests.get(BASE + "/projects", headers={**COMMON, "Accept": "application/json"})
requests.get(BASE + "/projects", headers=COMMON | {"Accept": "application/json"})
headers = {"Accept": "application/json"}
headers |= {COMPANY_HEADER: "9"}
requests.get(BASE + "/projects", headers=headers)
other = {}
other.setdefault("PROCORE-COMPANY-ID", "9")
requests.get(BASE + "/projects", headers=other)
client = httpx.Client(base_url=BASE, headers=COMMON)
client.get("/projects")


class Api:
    def __init__(self, session=None):
        self.session = session or requests.Session()
        self.session.headers = {**COMMON}

    def get(self, path):
        return self.session.get(BASE + path)


Api().get("/projects")
request = urllib.request.Request(BASE + "/projects")
request.add_header(COMPANY_HEADER, "9")
urllib.request.urlopen(request)
assert request.headers["Procore-Company-Id"] == "9"
