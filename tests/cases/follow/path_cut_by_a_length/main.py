import requests

HOST = "https://api.procore.com"


def again(path):
    return requests.get(HOST + "/rest/v1.1" + path[len("/vapid"):])


requests.get(HOST + "/vapid/projects")
again("/vapid/projects")
