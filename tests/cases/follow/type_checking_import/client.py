import requests


class Client:
    base = "https://api.procore.com/vapid"

    def get(self, path: str) -> requests.Response:
        return requests.get(self.base + path)
