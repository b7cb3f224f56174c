import requests

URL = "https://api.procore.com/rest/v1.0/me"


def me():
    return requests.get(URL).json()
