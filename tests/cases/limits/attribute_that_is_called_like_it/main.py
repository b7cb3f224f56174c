import requests


class Bases:
    vapid = "https://api.procore.com/vapid"
    rest = "https://api.procore.com/rest/v1.0"


class Client:
    def __init__(self, api="vapid"):
        self.base = getattr(Bases, api)

    def get(self, path):
        return requests.get(self.base + path)


Client().get("/me")
Client("rest").get("/companies")
requests.get(vars(Bases)["vapid"] + "/projects")
