import requests

for path in ("/rest/v1.0/me", "/vapid/me"):
    response = requests.get("https://api.procore.com" + path)
    if response.ok:
        break
