import re

import requests

GUARD = re.compile(r"(GET|POST) /vapid/\w+")
OTHER = re.compile(r"(GET|POST) /rest/v1\.0/(\w+)$")
API = "https://api.procore.com"


def fetch(path):
    if not GUARD.match(f"GET {path}"):
        raise PermissionError(path)
    with open(path.strip("/"), "w") as file:
        file.write(requests.get(API + path).text)


def ask(path):
    if OTHER.match(f"GET {path}"):
        return requests.get(API + path)


def create(path):
    if GUARD.match(f"POST {path}"):
        return requests.post(API + path)


fetch("/vapid/me")
create("/vapid/projects")
ask("/rest/v1.0/companies")
