import requests

PREFIX = "/vapid"


def run():
    requests.get("https://api.procore.com" + PREFIX + "/me")
    requests.get("https://push.example.org" + PREFIX + "/public-key")
