import requests

requests.post("https://app.procore.com/vapid/vendors/sync", json={"updates": []})
