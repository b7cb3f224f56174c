import requests

HOST = "https://api.procore.com"


def get(path):
    path = path.removeprefix("/vapid").strip("/")
    return requests.get(f"{HOST}/vapid/{path}", params={"resource": path})


get("/vapid/companies/")
get("me")
