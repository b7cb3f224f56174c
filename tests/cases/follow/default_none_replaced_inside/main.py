import requests


class Client:
    def __init__(self, base=None, session=None):
        if base is None:
            base = "https://api.procore.com/vapid"
        self.base = base
        self.session = session if session is not None else requests.Session()

    def me(self):
        return self.session.get(f"{self.base}/me")


Client().me()
