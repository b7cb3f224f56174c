import requests


def get(path):
    if not path.startswith("/vapid"):
        path = "/vapid" + path
    return requests.get("https://api.procore.com" + path)


get("/vapid/me")
get("/companies")
