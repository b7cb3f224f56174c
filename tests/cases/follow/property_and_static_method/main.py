import requests


class Client:
    host = "https://api.procore.com"

    @property
    def base(self):
        return f"{self.host}/vapid"

    @staticmethod
    def url(path):
        return "https://api.procore.com/vapid/" + path

    def run(self):
        requests.get(self.base + "/me")
        requests.get(self.url("projects"))


Client().run()
