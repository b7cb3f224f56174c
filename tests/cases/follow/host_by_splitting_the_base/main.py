import requests

BASE = "https://api.procore.com/vapid"
host = BASE.split("/vapid")[0]
scheme, _, server, version = BASE.split("/")
requests.get(BASE + "/me")
requests.get(host + "/rest/v1.1/companies")
requests.get(f"{scheme}//{server}/{version}/projects")
