import requests

BASE = "https://api.procore.com/vapid"


class Session(requests.Session):
    def request(self, method, url, **options):
        if not url.startswith("http"):
            url = BASE + "/" + url.lstrip("/")
        return super().request(method, url, **options)


session = Session()
session.get("me")
session.post("/vendors", json={})
session.get("https://api.procore.com/vapid/companies")
session.get("https://api.procore.com/oauth/token/info")
