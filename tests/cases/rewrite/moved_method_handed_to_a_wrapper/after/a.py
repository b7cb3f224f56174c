import httpx


class Api:
    def __init__(self):
        self.client = httpx.Client(base_url="https://api.procore.com")

    def send(self, method, path, **kwargs):
        return self.client.request(method, path, **kwargs)


api = Api()
api.send("PATCH", "/rest/v1.0/vendors/sync", json={})
api.send("POST", "/vapid/vendors", json={})
