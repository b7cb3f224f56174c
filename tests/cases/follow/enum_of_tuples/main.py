from enum import Enum

import requests


class Route(Enum):
    PROJECTS = ("POST", "/vapid/projects")
    ME = ("GET", "/vapid/me")

    def __init__(self, method, path):
        self.method = method
        self.path = path


for route in Route:
    requests.request(route.method, "https://api.procore.com" + route.path)
