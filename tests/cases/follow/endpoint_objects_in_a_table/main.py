from typing import NamedTuple

import requests


class Endpoint(NamedTuple):
    method: str
    path: str


ENDPOINTS = {
    "me": Endpoint("GET", "/vapid/me"),
    "drop": Endpoint(method="DELETE", path="/vapid/projects/{project_id}/images/{image_id}"),
}


def call(name, **ids):
    endpoint = ENDPOINTS[name]
    url = "https://api.procore.com" + endpoint.path.format(**ids)
    return requests.request(endpoint.method, url)


call("me")
call("drop", project_id=1, image_id=2)
