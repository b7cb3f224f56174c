from functools import partial

import requests


def call(method, path, host="https://api.procore.com", **kwargs):
    return requests.request(method, f"{host}/vapid/{path}", **kwargs)


create = partial(call, "POST", timeout=5)
me = partial(call, method="GET", path="me")
create("projects", json={"name": "x"})
me()
