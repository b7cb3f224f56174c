from typing import NamedTuple

import requests


class Target(NamedTuple):
    path: str
    host: str = "https://api.procore.com"
    method: str = "GET"


def send(target):
    return requests.request(target.method, target.host + target.path)


send(Target("/vapid/me"))
send(Target("/vapid/projects", method="POST"))
