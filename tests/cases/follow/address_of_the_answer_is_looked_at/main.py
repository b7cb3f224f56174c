import requests


def get(url):
    response = requests.get(url)
    if "/vapid/" in response.url and response.request.path_url.startswith("/vapid"):
        requests.post("https://stats.example.com/old", json={"length": 1})
    return response


get("https://api.procore.com/vapid/me")
get("https://login.procore.com/oauth/token/info")
