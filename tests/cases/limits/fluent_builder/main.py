import requests


class Query:
    def __init__(self, base="https://api.procore.com/vapid"):
        self.parts = base

    def project(self, project_id):
        self.parts += f"/projects/{project_id}"
        return self

    def rfis(self):
        self.parts += "/rfis"
        return self

    def get(self):
        return requests.get(self.parts)


Query().project(3).rfis().get()
