import requests


class Rfis:
    def __init__(self, api):
        self.api = api

    def list(self, project_id):
        return self.api.request("GET", f"projects/{project_id}/rfis")

    def create(self, project_id, **body):
        return self.api.request("POST", f"projects/{project_id}/rfis", json=body)


class Api:
    host = "https://api.procore.com"

    @property
    def rfis(self):
        return Rfis(self)

    def request(self, method, path, **kwargs):
        return requests.request(method, f"{self.host}/vapid/{path}", **kwargs)


api = Api()
api.rfis.list(3)
api.rfis.create(3, subject="x")
