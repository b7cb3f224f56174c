import requests


class Api:
    me = "https://api.procore.com/vapid/me"

    def call(self, name):
        requests.get(getattr(self, name))
        requests.get(type(self).me)


Api().call("me")
