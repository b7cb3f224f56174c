import os

import requests


def subscribe(endpoint):
    key = os.environ.get("VAPID_KEY", "vapid-private-key")
    headers = {"Authorization": f"vapid t=x, k={key}"}
    return requests.post(endpoint, headers=headers)


def me():
    return requests.get("https://api.procore.com/vapid/me")


subscribe("https://push.example.com/vapid/subscriptions")
me()
