import requests

HOST = "https://api.procore.com"
for path in ("/vapid/me", "/vapid/companies"):
    if requests.get(HOST + path).ok:
        break
else:
    path = "/vapid/projects"
requests.head(HOST + path)
