import requests


class Logged:
    def __init__(self, inner):
        self.inner = inner

    def request(self, method, url, **kwargs):
        print(method, url)
        return self.inner.request(method, url, **kwargs)

    def get(self, url, **kwargs):
        return self.request("GET", url, **kwargs)

    def __getattr__(self, name):
        return getattr(self.inner, name)


http = Logged(requests.Session())
http.get("https://api.procore.com/vapid/me")
http.put("https://api.procore.com/vapid/projects/3", json={})
