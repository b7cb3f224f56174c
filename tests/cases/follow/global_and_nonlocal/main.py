import requests

BASE = None


def configure():
    global BASE
    BASE = "https://api.procore.com/vapid"


def me():
    return requests.get(BASE + "/me")


configure()
me()
