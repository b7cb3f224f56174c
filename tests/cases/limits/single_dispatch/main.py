from functools import singledispatch

import requests

BASE = "https://api.procore.com/vapid"


@singledispatch
def fetch(what):
    raise TypeError(what)


@fetch.register
def _(what: int):
    return requests.get(f"{BASE}/projects/{what}")


@fetch.register(str)
def _(what):
    return requests.get(f"{BASE}/{what}")


fetch(3)
fetch("me")
