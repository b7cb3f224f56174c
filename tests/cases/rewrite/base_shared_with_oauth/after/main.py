import requests

ROOT = "https://api.procore.com"


class Api:
    token_url = ROOT + "/oauth/token"

    def __init__(self):
        self.base = ROOT + "/rest/v1.0"

    def get(self, path):
        requests.post(self.token_url)
        requests.post(self.base.replace("/rest/v1.0", "/oauth/revoke"))
        return requests.get(self.base + path)


Api().get("/me")
