import requests


class Config:
    base = None


Config.base = "https://api.procore.com/vapid"


class Client:
    def me(self):
        return requests.get(self.config.base + "/me")


client = Client()
client.config = Config
client.me()
