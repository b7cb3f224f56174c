import requests

from endpoints import *


class Client:
    def __init__(self, base="https://api.procore.com"):
        self.session = requests.Session()
        self.base = base

    def get(self, path):
        return self.session.get(self.base + path)

    def post(self, path, body):
        return self.session.post(self.base + path, json=body)

    def rfis(self, project_id):
        return self.get(RFIS.format(project_id))
