import requests

HOST = "https://api.procore.com"
for path in reversed(["/vapid/me", "/vapid/companies"]):
    requests.get(HOST + path)
for path in sorted({"/vapid/projects": 1}):
    requests.get(HOST + path)
