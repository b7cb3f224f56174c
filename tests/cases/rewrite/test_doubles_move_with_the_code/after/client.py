import requests


def me():
    return requests.get("https://api.procore.com/rest/v1.0/me").json()
