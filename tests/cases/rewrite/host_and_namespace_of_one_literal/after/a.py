import http.client

import requests

requests.get("https://api.procore.com/rest/v1.0/me")
connection = http.client.HTTPSConnection("api.procore.com")
connection.request("GET", "/rest/v1.0/projects")
