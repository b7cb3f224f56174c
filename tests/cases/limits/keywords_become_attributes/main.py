import requests


class Client:
    def __init__(self, **options):
        for name, value in options.items():
            setattr(self, name, value)


class Other:
    def __init__(self, **options):
        self.__dict__.update(options)


client = Client(base="https://api.procore.com/vapid", timeout=5)
requests.get(client.base + "/me", timeout=client.timeout)
requests.get(Other(base="https://api.procore.com/vapid").base + "/companies")
