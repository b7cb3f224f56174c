import requests


class Client:
    base = "https://api.procore.com/rest/v1.0"

    def get(self, path):
        return requests.get(self.base + path)


client = Client()
client.base = "https://api.procore.com/vapid"
client.get("/me")
