import requests

BASE = "https://api.procore.com"
OLD = "https://app.procore.com"

requests.post(BASE + "/oauth/token", data={})
requests.get(BASE + "/vapid/me")
requests.post(f"{OLD}/oauth/revoke", data={})
requests.get(f"{OLD}/vapid/me")
