import requests

BASE = "https://api.procore.com/vapid"
HOST = BASE.removesuffix("/vapid")
OTHER = BASE.replace("/vapid", "")
requests.get(BASE + "/me")
requests.get(HOST + "/rest/v1.1/companies")
requests.post(OTHER + "/oauth/token")
