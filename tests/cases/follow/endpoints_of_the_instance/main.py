import requests


class Sync:
    base = "https://api.procore.com/vapid"

    def __init__(self, *names, project_id):
        self.names = names
        self.project_id = project_id

    def urls(self):
        for name in self.names:
            yield f"{self.base}/projects/{self.project_id}/{name}"

    def run(self):
        return {url: requests.get(url).json() for url in self.urls()}


Sync("rfis", "drawings", project_id=3).run()
