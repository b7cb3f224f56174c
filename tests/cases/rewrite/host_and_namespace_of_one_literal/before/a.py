import http.client

import requests

requests.get("https://app.procore.com/vapid/me")
connection = http.client.HTTPSConnection("app.procore.com")
connection.request("GET", "/vapid/projects")
