import requests


class Client:
    def __init__(self, base):
        self.base = base.rstrip("/")

    def get(self, path):
        return requests.get(self.base + path)


procore = Client("https://api.procore.com/vapid/")
github = Client("https://api.github.example.com")
procore.get("/me")
github.get("/user")
