import os

import requests


class Client:
    __slots__ = ("base", "session")

    def __init__(self, base, session):
        self.base = base
        self.session = session

    @classmethod
    def from_environment(cls):
        host = os.environ.get("PROCORE_HOST") or "https://api.procore.com"
        return cls(f"{host}/vapid", requests.Session())

    def get(self, path):
        return self.session.get(self.base + path)


Client.from_environment().get("/me")
