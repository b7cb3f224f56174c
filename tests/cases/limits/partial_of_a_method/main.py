from functools import partialmethod

import requests


class Api:
    def send(self, method, path):
        return requests.request(method, "https://api.procore.com/vapid" + path)

    get = partialmethod(send, "GET")
    put = partialmethod(send, "PUT")


Api().get("/companies")
Api().put("/projects/3")
