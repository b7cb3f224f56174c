import requests
import settings


def me():
    return requests.get(settings.BASE + "/me")
