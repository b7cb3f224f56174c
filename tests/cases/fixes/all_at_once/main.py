import requests

BASE = "https://app.procore.com/vapid"


def post(path, body):
    return requests.post(f"{BASE}{path}", json=body, headers={"Authorization": "Bearer token"})


post("/vendors/sync", {"updates": []})
requests.get(BASE + "/company/9/users")
requests.get("https://app.procore.com/vapid/files")
