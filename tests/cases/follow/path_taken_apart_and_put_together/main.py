import requests

HOST = "https://api.procore.com"


def get(url):
    host, _, rest = url.partition("/vapid/")
    return requests.get(f"{host}/vapid/{rest}", params={"resource": rest})


get(HOST + "/vapid/companies")
get("https://sandbox.procore.com/vapid/me")
