import requests


class Client:
    base = None

    def login(self, host):
        self.token = requests.post(f"{host}/oauth/token").json()["access_token"]
        self.base = host + "/vapid"
        return self

    def get(self, path):
        return requests.get(self.base + path, headers={"Authorization": self.token})


Client().login("https://api.procore.com").get("/me")
