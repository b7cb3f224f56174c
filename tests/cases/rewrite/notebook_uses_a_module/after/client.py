import requests

HOST = "https://api.procore.com"


def fetch(path, version="rest/v1.0"):
    return requests.get(f"{HOST}/{version}/{path}").json()
