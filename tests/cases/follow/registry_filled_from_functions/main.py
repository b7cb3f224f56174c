import requests

BASE = "https://api.procore.com/vapid"
ENDPOINTS = []


def register():
    ENDPOINTS.append(BASE + "/projects/{}/rfis")
    for name in ("submittals",):
        ENDPOINTS.append(f"{BASE}/projects/{{}}/{name}")


class Client:
    def __init__(self):
        self.paths = {}
        self.paths["meetings"] = "/meetings"

    def meet(self, project_id):
        requests.post(f"{BASE}/projects/{project_id}{self.paths['meetings']}")


def main(project_id):
    register()
    for endpoint in ENDPOINTS:
        requests.get(endpoint.format(project_id))
    Client().meet(project_id)
