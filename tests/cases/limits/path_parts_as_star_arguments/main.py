import requests


class Client:
    def __init__(self, host="https://api.procore.com", version="vapid"):
        self.root = "/".join((host, version))

    def request(self, method, *path, **kwargs):
        url = "/".join([self.root, *(str(part) for part in path)])
        return requests.request(method, url, **kwargs)


client = Client()
project_id = 3
client.request("GET", "projects")
client.request("DELETE", "projects", project_id)
