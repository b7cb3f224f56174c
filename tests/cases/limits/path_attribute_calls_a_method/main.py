import requests


class Base:
    host = "https://api.procore.com"

    def collection(self):
        return f"{self.host}/vapid/projects/{self.project_id}/{self.name()}"

    def name(self):
        return type(self).__name__.lower()

    def __init__(self, project_id):
        self.project_id = project_id

    def list(self):
        return requests.get(self.collection())


class Rfis(Base):
    pass


class Drawings(Base):
    def name(self):
        return "drawings"


Rfis(3).list()
Drawings(3).list()
