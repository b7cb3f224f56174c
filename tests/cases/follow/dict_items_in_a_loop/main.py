import requests

PATHS = dict(me="/vapid/me", companies="/vapid/companies")
for name, path in PATHS.items():
    print(name, requests.get("https://api.procore.com" + path))
