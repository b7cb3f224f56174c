import requests

API = "https://api.procore.com/rest/v1.0"
HOOKS = API + "/webhooks/hooks"

requests.post(HOOKS, json={"hook": {}})
requests.get(f"{API}/projects/12/rfis")
requests.get(API + "/companies/7/bids", params={"page": 2})
