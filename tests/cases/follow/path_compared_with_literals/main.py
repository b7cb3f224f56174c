import requests

PAGED = ("/vapid/companies", "/vapid/projects")


def get(path):
    params = {}
    if path in PAGED:
        params["per_page"] = 100
    if path == "/vapid/me":
        params["view"] = "extended"
    if path.startswith("/vapid/comp"):
        params["sort"] = "name"
    if path.endswith("vapid/projects"):
        params["filter"] = "active"
    return requests.get("https://api.procore.com" + path, params=params)


for each in ("/vapid/companies", "/vapid/me", "/vapid/projects"):
    get(each)
