import functools

import httpx
import requests


@functools.lru_cache
def session(token="t"):
    http = requests.Session()
    http.headers["Authorization"] = f"Bearer {token}"
    return http


def client(**options):
    return httpx.Client(**{"base_url": "https://api.procore.com/vapid", **options})


session().get("https://api.procore.com/vapid/me")
session("u").post(url="https://api.procore.com/vapid/projects", json={})
with client(timeout=5) as http:
    http.get("/companies")
