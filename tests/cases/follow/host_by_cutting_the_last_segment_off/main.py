import requests

BASE = "https://api.procore.com/vapid"
requests.get(BASE + "/me")
requests.get(BASE.rsplit("/", 1)[0] + "/rest/v1.1/companies")
