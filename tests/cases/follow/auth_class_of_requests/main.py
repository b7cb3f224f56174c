import requests
from requests.auth import AuthBase


class Token(AuthBase):
    def __init__(self, host):
        self.host = host

    def __call__(self, request):
        answer = requests.post(self.host + "/oauth/token").json()
        request.headers["Authorization"] = f"Bearer {answer['access_token']}"
        return request


HOST = "https://api.procore.com"
requests.get(HOST + "/vapid/me", auth=Token(HOST))
