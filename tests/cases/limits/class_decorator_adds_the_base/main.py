import requests


def procore(version):
    def decorate(cls):
        cls.base = f"https://api.procore.com/{version}"
        return cls

    return decorate


@procore("vapid")
class Companies:
    def all(self):
        return requests.get(self.base + "/companies")


Companies().all()
