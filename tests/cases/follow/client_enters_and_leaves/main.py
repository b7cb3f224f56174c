import requests


class Api:
    def __init__(self, host):
        self.base = host + "/vapid"

    def __enter__(self):
        self.session = requests.Session()
        return self

    def __exit__(self, *error):
        self.session.close()

    def get(self, path):
        return self.session.get(self.base + path)


with Api("https://api.procore.com") as api:
    api.get("/me")
