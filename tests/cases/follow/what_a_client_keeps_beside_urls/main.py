"""A word that a client sends with each request, set in the ways there are to set it."""

import requests

AREA = "vapid"
TRACE = "vapid"
ROOT = "vapid"


class Client:
    def __init__(self):
        self.session = requests.Session()
        self.session.headers["X-Area"] = AREA
        self.session.params = {"trace": TRACE}
        self.session.headers.update({"Accept": "application/json"})

    def get(self, api, path):
        return self.session.get(f"https://api.procore.com/{api}/{path}")


client = Client()
client.get(AREA, "me")
client.get(TRACE, "companies")
client.get(ROOT, "projects")
