import copy

import requests

base = requests.Session()
base.headers.update({"Accept": "application/json"})
session = copy.copy(base)
with session as http:
    http.get("https://api.procore.com/vapid/me", headers=dict(http.headers))
    http.options("https://api.procore.com/vapid/companies")
