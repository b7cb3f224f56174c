import requests


class Procore:
    def __init__(self):
        self.base = "https://api.procore.com/vapid"

    def get(self, path):
        return requests.get(self.base + path)


class Forge:
    def __init__(self):
        self.base = "https://forge.example.com/v2"

    def get(self, path):
        return requests.get(self.base + path)


def sync(source: Procore, target: Forge):
    for row in source.get("/projects").json():
        target.get(f"/projects/{row['id']}")


sync(Procore(), Forge())
