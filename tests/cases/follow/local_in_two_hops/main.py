import requests

HOST = "https://api.procore.com"


def whoami():
    path = "/vapid/me"
    url = HOST + path
    return requests.get(url)


def add_vendor(company_id, vendor):
    path = f"/vapid/companies/{company_id}/vendors"
    url = HOST + path
    response = requests.post(url, json=vendor)
    url = HOST + "/oauth/token/info"
    return response, requests.get(url)
