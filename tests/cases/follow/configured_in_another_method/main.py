import requests


class Client:
    def __init__(self, sandbox=False):
        self.configure("sandbox" if sandbox else "api")

    def configure(self, name):
        self.root = f"https://{name}.procore.com"
        self.prefix = "/vapid"

    def url(self, *parts):
        return self.root + self.prefix + "".join(f"/{part}" for part in parts)

    def project(self, project_id):
        return requests.get(self.url("projects", project_id))


Client().project(3)
Client(sandbox=True).project(3)
