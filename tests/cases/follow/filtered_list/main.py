import requests

HOST = "https://api.procore.com"
for path in filter(None, ["", "/vapid/me"]):
    requests.get(HOST + path)
for path in filter(lambda path: path, ["", "/vapid/companies"]):
    requests.get(HOST + path)
