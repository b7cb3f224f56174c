import requests


class Path:
    def __init__(self, path):
        self.path = path

    def __get__(self, instance, owner):
        return f"{owner.host}/vapid{self.path}"


class Client:
    host = "https://api.procore.com"
    me = Path("/me")
    companies = Path("/companies")


requests.get(Client().me)
requests.get(Client.companies)
