import requests

BASE = "https://api.procore.com/vapid"
requests.get(BASE + "/me")
requests.get(BASE + "/../rest/v1.1/companies")
