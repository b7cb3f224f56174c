import requests


class Base:
    def __init__(self, root):
        self.root = root
        self.session = requests.Session()

    def get(self, path):
        return self.session.get(self.root + path)


class Procore(Base):
    def __init__(self, token):
        super().__init__("https://api.procore.com/vapid")
        self.session.headers["Authorization"] = f"Bearer {token}"


Procore("t").get("/me")
