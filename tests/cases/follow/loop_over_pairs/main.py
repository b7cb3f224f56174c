import requests

CALLS = [("GET", "/vapid/me"), ("POST", "/vapid/projects")]
for method, path in CALLS:
    requests.request(method, "https://api.procore.com" + path)
