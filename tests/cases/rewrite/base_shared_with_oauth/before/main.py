import requests

ROOT = "https://api.procore.com"


class Api:
    token_url = ROOT + "/oauth/token"

    def __init__(self):
        self.base = ROOT + "/vapid"

    def get(self, path):
        requests.post(self.token_url)
        requests.post(self.base.replace("/vapid", "/oauth/revoke"))
        return requests.get(self.base + path)


Api().get("/me")
