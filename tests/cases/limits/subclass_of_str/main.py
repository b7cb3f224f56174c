import requests


class Url(str):
    def join(self, *parts):
        return Url("/".join([self, *parts]))


base = Url("https://api.procore.com/vapid")
requests.get(base + "/me")
requests.get(base.join("companies"))
