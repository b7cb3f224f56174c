import requests


class Client:
    HOST = "https://api.procore.com"

    def call(self, method, resource, version=None):
        version = version or "vapid"
        return requests.request(method, f"{self.HOST}/{version}/{resource}")


client = Client()
client.call("GET", "me")
client.call("GET", "companies", version="rest/v1.1")
