import time

import requests


def attempt(function, *args, **kwargs):
    for pause in (0, 0.01):
        time.sleep(pause)
        response = function(*args, **kwargs)
        if response.ok:
            return response
    return response


def send(*args, **kwargs):
    kwargs.setdefault("timeout", 5)
    return attempt(requests.request, *args, **kwargs)


def post(path, **kwargs):
    return send("POST", "https://api.procore.com/vapid" + path, **kwargs)


send("GET", "https://api.procore.com/vapid/me")
send(method="DELETE", url="https://api.procore.com/vapid/projects/3")
post("/projects", json={})
