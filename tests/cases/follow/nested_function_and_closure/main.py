import requests


def make(base):
    def get(path):
        return requests.get(base + path)

    return get


make("https://api.procore.com/vapid")("/me")
