import requests


def get(path):
    params = {"per_page": 100} if path.count("/") == 2 else {}
    return requests.get("https://api.procore.com" + path, params=params)


get("/vapid/companies")
get("/vapid/projects/3")
