import urllib.request

import requests

BASE = "https://api.procore.com"


def get(path, headers):
    return requests.get(BASE + "/rest/v1.0" + path, headers=headers)


def anything(session):
    return session.get(BASE + "/rest/v1.0/projects")


def typed(session: requests.Session):
    return session.get(BASE + "/rest/v1.0/vendors")


def more(**kwargs):
    return requests.get(BASE + "/rest/v1.0/offices", **kwargs)


def none(headers=None):
    return requests.get(BASE + "/rest/v1.0/trades", headers=headers)


def plain():
    return urllib.request.urlopen(BASE + "/rest/v1.0/programs")


def both(url):
    return requests.get(url)


more()
none()
both(BASE + "/rest/v1.0/departments")
both("https://example.com/a")
requests.get(BASE + "/rest/v1.0/regions", headers=dict(Accept="a"))
SHARED = {"Accept": "application/json"}
requests.get(BASE + "/rest/v1.0/bid_types", headers=SHARED)
requests.get("https://example.com/b", headers=SHARED)
