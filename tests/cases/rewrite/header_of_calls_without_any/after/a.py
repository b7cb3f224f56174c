import http.client
import os
import urllib.request

import requests

BASE = "https://api.procore.com"

requests.get(BASE + "/vapid/projects", params={"company_id": 9}, headers={"Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]})
requests.post(
    BASE + "/rest/v1.0/departments",
    json={},
    headers={"Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]},
)
urllib.request.urlopen(urllib.request.Request(BASE + "/rest/v1.0/vendors", headers={"Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]}))
urllib.request.Request(BASE + "/rest/v1.0/offices", None, {"Accept": "application/json", "Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]})
connection = http.client.HTTPSConnection("api.procore.com")
connection.request("GET", "/rest/v1.0/trades", headers={"Procore-Company-Id": os.environ["PROCORE_COMPANY_ID"]})
