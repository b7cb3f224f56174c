import requests


class Client:
    def __init__(self, base):
        self.base = base

    def get(self, path):
        return requests.get(self.base + path)


CLIENTS = {
    "procore": Client("https://api.procore.com/vapid"),
    "forge": Client("https://forge.example.com"),
}
CLIENTS["procore"].get("/me")
CLIENTS["forge"].get("/users")
