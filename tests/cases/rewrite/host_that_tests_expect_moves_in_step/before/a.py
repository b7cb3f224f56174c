import requests

URL = "https://app.procore.com/rest/v1.0/me"


def me():
    return requests.get(URL).json()
