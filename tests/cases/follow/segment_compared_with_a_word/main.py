import requests


def get(path, version="vapid"):
    params = {"view": "extended"} if version == "vapid" else {}
    return requests.get(f"https://api.procore.com/{version}/{path}", params=params)


get("me")
get("companies", version="rest/v1.1")
