import os
import requests

from auth import Credentials, headers

BASE = "https://api.procore.com"


class Api:
    def __init__(self, token):
        self.credentials = Credentials(token)

    def get(self, path, **params):
        return requests.get(BASE + path, params=params, headers=self.credentials.headers)

    def send(self, method, path, extra=None):
        merged = {**self.credentials.headers, "Accept": "application/json"}
        return requests.request(method, BASE + path, headers=merged)


def main():
    api = Api("token")
    api.get("/vapid/projects", company_id=9)
    api.get("/vapid/departments")
    api.get("/vapid/me")
    api.send("POST", "/rest/v1.0/departments")
    requests.get(BASE + "/vapid/vendors", headers=headers())
    local = {}
    local["Authorization"] = "Bearer token"
    local["Procore-Company-Id"] = os.environ["PROCORE_COMPANY_ID"]
    local["Accept"] = "application/json"
    requests.get(BASE + "/vapid/offices", headers=local)
