import requests

HOST = "https://api.procore.com"


def get(url):
    if not url.startswith("http"):
        url = HOST + url
    return requests.get(url)


get("/vapid/me")
get("https://api.procore.com/vapid/companies")
