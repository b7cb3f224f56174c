import http.client
import urllib.request

import requests

BASE = "https://api.procore.com"

requests.get(BASE + "/vapid/projects", params={"company_id": 9})
requests.post(
    BASE + "/rest/v1.0/departments",
    json={},
)
urllib.request.urlopen(urllib.request.Request(BASE + "/rest/v1.0/vendors"))
urllib.request.Request(BASE + "/rest/v1.0/offices", None, {"Accept": "application/json"})
connection = http.client.HTTPSConnection("api.procore.com")
connection.request("GET", "/rest/v1.0/trades", headers={})
