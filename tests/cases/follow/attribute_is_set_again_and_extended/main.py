import requests


class Client:
    def __init__(self, base, tail):
        self.url = "https://api.procore.com/vapid/commitments"
        self.url = base + "/vapid"
        self.url += tail


requests.get(Client("https://api.procore.com", "/me").url)
requests.get(Client("https://api.procore.com", "/projects").url)
