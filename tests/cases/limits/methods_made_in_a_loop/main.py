import requests


class Client:
    base = "https://api.procore.com/vapid"


def add(verb):
    def call(self, path):
        return requests.request(verb, self.base + path)

    setattr(Client, verb, call)


for verb in ("get", "put"):
    add(verb)
Client().get("/me")
Client().put("/projects/3")
