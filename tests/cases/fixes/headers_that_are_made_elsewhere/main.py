import requests

import auth
from auth import Credentials

BASE = "https://api.procore.com"


class Api:
    def __init__(self, credentials):
        self.credentials = credentials

    def send(self, method, path, **options):
        headers = {**self.credentials.headers, "Accept": "application/json"}
        return requests.request(method, BASE + path, headers=headers, **options)


api = Api(Credentials("token"))
api.send("GET", "/vapid/projects", params={"company_id": 9})
api.send("DELETE", "/vapid/projects/7/rfis/8")
requests.get(BASE + "/vapid/departments", headers=auth.headers())
requests.get(BASE + "/vapid/offices", headers=auth.known())
