import requests

DEFAULT = "https://api.procore.com/vapid/"


def get(path, base=None):
    base = (base or DEFAULT).rstrip("/")
    url = base + path if path else base
    return requests.get(url)


get("/me")
get("/users", base="https://forge.example.com/")
