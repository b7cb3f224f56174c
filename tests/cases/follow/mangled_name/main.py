import requests


class Client:
    __base = "https://api.procore.com/vapid"

    def me(self):
        return requests.get(self.__base + "/me")


Client().me()
