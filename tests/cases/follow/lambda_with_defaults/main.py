import requests

BASE = "https://api.procore.com/vapid"
calls = [lambda path=path: requests.get(BASE + path) for path in ("/me", "/companies")]
send = lambda path, base=BASE, *, method="POST": requests.request(method, base + path)

for call in calls:
    call()
send("/projects")
send("/tokens", base="https://login.procore.com/oauth")
