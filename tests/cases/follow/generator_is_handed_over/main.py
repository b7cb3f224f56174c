import requests

BASE = "https://api.procore.com/vapid/"


def fetch_all(urls):
    return sum(len(requests.get(url).content) for url in urls)


fetch_all(BASE + name for name in ("me", "companies"))
fetch_all({f"{BASE}projects"})
