import requests

BASE = "https://api.procore.com/vapid"
requests.get(BASE + "/me")
requests.get(BASE[:-6] + "/rest/v1.1/companies")
requests.post(BASE[: -len("/vapid")] + "/oauth/token")
