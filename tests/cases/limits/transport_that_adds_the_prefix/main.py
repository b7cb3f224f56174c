import requests
from requests.adapters import HTTPAdapter


class Prefixed(requests.Session):
    prefix = "https://api.procore.com/vapid"

    def prepare_request(self, request):
        if request.url.startswith("/"):
            request.url = self.prefix + request.url
        return super().prepare_request(request)


session = Prefixed()
session.mount("https://", HTTPAdapter())
session.get("/me")
session.post("/projects", json={})
