import requests


class Client:
    def get_vapid(self, path):
        return requests.get("https://api.procore.com/vapid" + path)

    def get_rest(self, path):
        return requests.get("https://api.procore.com/rest/v1.1" + path)

    def get(self, path, api="vapid"):
        return getattr(self, f"get_{api}")(path)


Client().get("/me")
Client().get("/companies", api="rest")
