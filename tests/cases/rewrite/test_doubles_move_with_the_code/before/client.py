import requests


def me():
    return requests.get("https://api.procore.com/vapid/me").json()
