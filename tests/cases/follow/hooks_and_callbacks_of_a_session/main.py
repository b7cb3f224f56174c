import requests

HOST = "https://api.procore.com"


def follow(response, *args, **kwargs):
    if response.request.method == "GET":
        requests.head(HOST + "/vapid/me")


session = requests.Session()
session.hooks["response"].append(follow)
session.get(HOST + "/vapid/companies")
