import requests


class Client:
    verbs = {"read": "get", "write": "post"}

    def __init__(self):
        session = requests.Session()
        self.fetch = session.get
        self.send = getattr(session, self.verbs["write"])

    def run(self):
        self.fetch("https://api.procore.com/vapid/me")
        self.send("https://api.procore.com/vapid/projects")


Client().run()
