import requests

OLD = dict([("me", "/vapid/me")])
PATHS = {**OLD, "companies": "/vapid/companies"} | {"other": "/rest/v1.0/x"}
for path in PATHS.values():
    requests.get("https://api.procore.com" + path)
