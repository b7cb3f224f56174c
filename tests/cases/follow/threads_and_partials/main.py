import asyncio
import threading
from functools import partial

import requests

API = "https://api.procore.com/vapid"


def fetch(base, path):
    return requests.get(base + path)


threading.Thread(target=fetch, args=(API, "/me")).start()
get = partial(fetch, API)
get("/companies")
asyncio.run(asyncio.to_thread(get, "/projects"))
