import requests


def get(path):
    match path:
        case "/vapid/me":
            params = {"view": "extended"}
        case "/vapid/companies" | "/vapid/projects":
            params = {"per_page": 100}
        case _:
            params = {}
    return requests.get("https://api.procore.com" + path, params=params)


for each in ("/vapid/companies", "/vapid/me", "/vapid/projects/3"):
    get(each)
