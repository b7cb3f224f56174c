import requests


def rfis(name):
    return requests.get(f"https://api.procore.com/vapid/projects/{name}/rfis")


rfis("alpha")
