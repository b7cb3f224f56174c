import requests


def get(url):
    params = {"old": "yes"} if "/VAPID/" in url.upper() else {}
    return requests.get(url, params=params)


get("https://api.procore.com/vapid/me")
