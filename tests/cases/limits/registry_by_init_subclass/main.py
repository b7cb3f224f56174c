import requests


class Resource:
    path = ""
    known = {}

    def __init_subclass__(cls, path, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.path = path
        Resource.known[path] = cls

    def list(self):
        return requests.get(f"https://api.procore.com/vapid/{self.path}")


class Companies(Resource, path="companies"):
    pass


class Programs(Resource, path="programs"):
    pass


Companies().list()
Programs().list()
