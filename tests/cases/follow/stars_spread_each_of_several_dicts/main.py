import requests

HOST = "https://api.procore.com"
JOBS = [
    {"base": "/vapid", "path": "/projects", "method": "GET"},
    {"base": "/vapid", "path": "/companies", "method": "POST", "body": {"name": "Acme"}},
    {"base": "/rest/v1.1", "path": "/me", "method": "GET"},
]


def send(base, path, method, body=None):
    return requests.request(method, HOST + base + path, json=body)


for job in JOBS:
    url = "{host}{base}{path}".format(host=HOST, **job)
    requests.delete(url)
for job in JOBS:
    send(**job)
