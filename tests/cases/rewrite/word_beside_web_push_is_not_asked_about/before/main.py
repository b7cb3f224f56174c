import requests
from pywebpush import webpush


def send(kind, target, claims):
    if kind == "vapid":
        return webpush(target, vapid_claims=claims)
    return requests.get("https://api.procore.com/vapid/me", timeout=10)
