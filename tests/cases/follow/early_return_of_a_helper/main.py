import requests

BASE = "https://api.procore.com/vapid"


def path_of(kind, number):
    if kind == "project":
        return f"/projects/{number}"
    elif kind == "company":
        return f"/companies/{number}"
    raise KeyError(kind)


requests.get(BASE + path_of("project", 3))
requests.get(BASE + path_of("company", 5))
