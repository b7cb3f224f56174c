import requests

HOST = "https://api.procore.com"
company = requests.get(HOST + "/rest/v1.0/companies").json()[0]
name = {"Tower A": "vapid", "Tower B": "rest/v1.0"}[company["name"]]
requests.get(f"{HOST}/{name}/companies/{company['id']}")
