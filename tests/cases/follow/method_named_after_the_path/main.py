import requests


class Client:
    def params_vapid_me(self):
        return {"view": "extended"}

    def get(self, path):
        extra = getattr(self, "params_" + path.strip("/").replace("/", "_"), dict)
        return requests.get("https://api.procore.com" + path, params=extra())


Client().get("/vapid/me")
Client().get("/vapid/companies")
