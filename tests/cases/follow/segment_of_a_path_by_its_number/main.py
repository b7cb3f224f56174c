import requests

HOST = "https://api.procore.com"


def parent(path):
    resource = path.split("/")[2]
    return requests.get(HOST + "/vapid/" + resource)


requests.get(HOST + "/vapid/projects/3")
parent("/vapid/projects/3")
