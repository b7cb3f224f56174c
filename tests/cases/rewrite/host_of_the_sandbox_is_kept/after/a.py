import requests

requests.get("https://sandbox.procore.com/rest/v1.0/me")
requests.post("https://sandbox.procore.com/oauth/token", data={})
requests.get("https://api-monthly.procore.com/rest/v1.0/me")
requests.get("https://api-sandbox.procore.com/rest/v1.0/me")
requests.post("https://login-sandbox.procore.com/oauth/token", data={})
