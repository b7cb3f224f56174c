import requests

BASE = "https://api.procore.com/vapid"


def save(project_id=None):
    (requests.patch if project_id else requests.post)(f"{BASE}/projects")
    {"GET": requests.get}.get("GET", requests.head)(BASE + "/me")
    http = requests
    http.options(BASE + "/companies")


save()
save(3)
