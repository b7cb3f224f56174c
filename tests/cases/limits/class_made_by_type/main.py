import requests


class Resource:
    path = ""

    def list(self):
        return requests.get("https://api.procore.com/vapid" + self.path)


Companies = type("Companies", (Resource,), {"path": "/companies"})
Companies().list()
