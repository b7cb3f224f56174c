import requests

HOST = "https://api.procore.com"
RATES = {"vapid": 10, "oauth": 1}


def fetch(path):
    if path.split("/")[1] == "rest":
        return requests.get(HOST + path, timeout=10)
    raise ValueError(path)


def is_old(answer):
    return answer.request.path_url.split("/")[1] == "vapid"


def is_known(answer):
    first, _, _ = answer.request.path_url.lstrip("/").partition("/")
    return first in {"vapid", "oauth"}


def is_word(name):
    return name == "no vapid at all" or "vapid-to-rest" in name


fetch("/rest/v1.0/me")
