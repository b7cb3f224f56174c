import requests

VERSION = "vapid"


def get(path):
    url = f"https://api.procore.com/{VERSION}/{path}"
    return requests.get(url, headers={"X-Client-Api": VERSION}, params={"api": VERSION})


get("me")
