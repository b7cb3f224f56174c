import requests

HOST = "https://api.procore.com"


def fetch(path, version="vapid"):
    return requests.get(f"{HOST}/{version}/{path}").json()
