import requests


class Client:
    def __init__(self, host):
        self.host = host

    def get(self, path, **params):
        return requests.get(self.host + path, params=params)


client = Client("https://api.procore.com")
