import requests

ROOT = "/vapid"
requests.get("https://api.procore.com" + ROOT + "/me")
requests.get("https://push.example.com" + ROOT + "/keys")
