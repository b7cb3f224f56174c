from os import getenv

import httpx

client = httpx.Client(base_url=getenv("PROCORE_BASE", "https://api.procore.com/vapid/"))


def me():
    return client.get("me").json()
