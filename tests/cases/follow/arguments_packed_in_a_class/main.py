import requests


class Request:
    def __init__(self, verb, resource, *ids):
        self.verb = verb
        self.segments = ["https://api.procore.com", "vapid", resource, *map(str, ids)]

    def send(self):
        return getattr(requests, self.verb.lower())("/".join(self.segments))


Request("GET", "companies").send()
Request("PATCH", "projects", 3).send()
