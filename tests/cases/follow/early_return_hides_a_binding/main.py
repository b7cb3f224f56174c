import requests


def run(old):
    url = "https://api.procore.com/vapid/me"
    if not old:
        url = "https://api.procore.com/vapid/projects"
        return print(url)
    return requests.get(url)
