import requests


def get(path, base="https://api.procore.com/vapid"):
    return requests.get(base + path)


get("/webhooks", base="https://api.procore.com/rest/v1.0")
get("/me")
