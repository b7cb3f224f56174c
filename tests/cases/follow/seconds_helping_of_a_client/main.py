import requests


class Http:
    def __init__(self, base, session=None):
        self.base, self.session = base, session or requests.Session()

    def get(self, path, **kwargs):
        return self.session.request("GET", self.base + path, **kwargs)


class Service:
    def __init__(self, http):
        self.http = http

    def me(self):
        return self.http.get("/me", params={"a": 1})

    def companies(self):
        return self.http.get("/companies")


service = Service(Http("https://api.procore.com/vapid"))
service.me()
service.companies()
