import logging

import requests

from settings import BASE

log = logging.getLogger(__name__)


class Client:
    def __init__(self, base=BASE):
        self.base = base.rstrip("/")
        self.session = requests.Session()

    def get(self, path):
        url = self.base + path
        log.info("GET %s", url)
        return self.session.get(url)


def main():
    client = Client()
    client.get("/vapid/me")
    client.get("/rest/v1.0/projects")
