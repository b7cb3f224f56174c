import requests

BASE = "https://api.procore.com"
FILES = "/vapid/files"


def post(path, body):
    return requests.post(BASE + path, json=body)


post("/vapid/vendors/sync", {})
post("/vapid/vendors", {})
requests.get(BASE + FILES)
requests.post(BASE + FILES, data={})
verb = "post"
getattr(requests, verb)(BASE + "/vapid/work_order_contracts/sync")
method = "POST"
requests.request(method, BASE + "/vapid/companies/9/users/sync")
WORD = "potential_submittal_managers"
rows = requests.get(f"{BASE}/rest/v1.0/projects/7/submittals/{WORD}").json()[WORD]
PATH = "/rest/v1.0/company/9/users"
requests.get(BASE + PATH)
open(PATH)
