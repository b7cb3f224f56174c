import requests


class Rest:
    def __init__(self, version):
        self.root = "https://api.procore.com/" + "rest/" + version
        self.session = requests.Session()

    def call(self, method, path):
        return self.session.request(method, self.root + path)
