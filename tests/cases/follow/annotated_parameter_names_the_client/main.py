from typing import Optional

import requests


class Client:
    def fetch(self, path):
        return requests.get("https://api.procore.com/vapid" + path)


def one(client: Client):
    return client.fetch("/me")


def two(client: "Client"):
    return client.fetch("/me")


def three(client: Optional[Client] = None):
    return client.fetch("/me")


def four(client: Client | None):
    return client.fetch("/me")
