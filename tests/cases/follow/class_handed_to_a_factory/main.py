import requests


class Base:
    def __init__(self, root):
        self.root = root

    def get(self, path):
        return requests.get(f"{self.root}{self.prefix}{path}")


class Old(Base):
    prefix = "/vapid"


class New(Base):
    prefix = "/rest/v1.1"


def build(kind, root="https://api.procore.com"):
    return kind(root)


build(Old).get("/me")
build(New).get("/companies")
