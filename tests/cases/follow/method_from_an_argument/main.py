import requests


class Api:
    def __init__(self):
        self.session = requests.Session()

    def call(self, method, path, **kwargs):
        return self.session.request(method.upper(), f"https://api.procore.com{path}", **kwargs)


api = Api()
api.call("get", "/vapid/me")
api.call(method="put", path="/vapid/projects/3", json={"name": "x"})
api.call("post", "/oauth/token")
