from concurrent.futures import ThreadPoolExecutor

import requests

API = "https://api.procore.com/vapid"


def fetch(path):
    return requests.get(API + path).json()


with ThreadPoolExecutor() as pool:
    pool.submit(fetch, "/me")
    list(pool.map(fetch, ["/companies"]))
