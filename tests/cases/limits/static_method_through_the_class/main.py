import requests


class Client:
    host = "https://api.procore.com"

    @staticmethod
    def path(*parts):
        return "/vapid/" + "/".join(parts)

    @classmethod
    def url(cls, name):
        return cls.host + cls.path(name)

    def run(self):
        requests.get(self.__class__.url("me"))
        requests.get(type(self).url("companies"))
        requests.get(Client.host + Client.path("projects", "3"))


Client().run()
