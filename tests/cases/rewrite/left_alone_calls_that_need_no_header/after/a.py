import requests

BASE = "https://api.procore.com"

requests.get(BASE + "/rest/v1.0/me")
requests.get(BASE + "/rest/v1.0/companies", headers={"Accept": "application/json"})
requests.post(BASE + "/oauth/token", data={})
requests.get("https://app.procore.com/9/project/home")
requests.get("https://api.example.com/rest/v1.0/projects")
print(requests.get, BASE + "/rest/v1.0/projects")
