import requests


class Config(dict):
    def __init__(self, **values):
        super().__init__({"base": "https://api.procore.com/vapid"}, **values)

    def url(self, path):
        return self["base"] + path


requests.get(Config(timeout=5).url("/me"))
