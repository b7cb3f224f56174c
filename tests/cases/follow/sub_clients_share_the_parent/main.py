import requests


class Projects:
    def __init__(self, client):
        self._client = client

    def list(self):
        return self._client.request("GET", "/projects")

    def delete(self, project_id):
        return self._client.request("DELETE", f"/projects/{project_id}")


class Client:
    def __init__(self, host="https://api.procore.com", version="vapid"):
        self.root = f"{host}/{version}"
        self.projects = Projects(self)

    def request(self, method, path, **kwargs):
        return requests.request(method, self.root + path, **kwargs)


client = Client()
client.projects.list()
client.projects.delete(3)
