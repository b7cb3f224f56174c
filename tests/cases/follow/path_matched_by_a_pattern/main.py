import re

import requests

ONE = re.compile(r"^/vapid/(?P<resource>\w+)/(\d+)$")


def get(path):
    params = {}
    if found := ONE.match(path):
        params["resource"] = found["resource"]
    if re.search("/vapid/me", path):
        params["me"] = "true"
    return requests.get("https://api.procore.com" + path, params=params)


for each in ("/vapid/companies", "/vapid/me", "/vapid/projects/3"):
    get(each)
