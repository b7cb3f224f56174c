from typing import NamedTuple

import requests


class Target(NamedTuple):
    path: str
    method: str = "GET"


for path, method in (Target("/vapid/me"), Target("/vapid/projects", "POST")):
    requests.request(method, "https://api.procore.com" + path)
