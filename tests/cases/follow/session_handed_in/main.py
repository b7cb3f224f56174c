import requests


def me(session):
    return session.get("https://api.procore.com/vapid/me")


me(requests.Session())
