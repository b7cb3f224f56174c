import requests

BASE = "https://api.procore.com"

requests.patch(BASE + "/rest/v1.0/vendors/sync", json={})
requests.get(BASE + "/rest/v1.0/companies/9/users")
requests.post(BASE + "/rest/v1.2/vendors/sync")
requests.post("https://api.example.com/rest/v1.0/vendors/sync")
print("POST /rest/v1.0/vendors/sync")
