import sys

import requests

HOST = "https://api.procore.com"


def me():
    return requests.get(HOST + "/vapid/me")


def create(name="x"):
    return requests.post(HOST + "/vapid/projects", json={"name": name})


def send(function, path):
    return function(HOST + path)


ACTIONS = {"me": me, "create": create, "drop": lambda: requests.delete(HOST + "/vapid/projects/3")}
VERBS = {"read": requests.get, "write": requests.put}

ACTIONS[sys.argv[1]]()
VERBS["read"](HOST + "/vapid/companies")
send(VERBS["write"], "/vapid/projects/3")
