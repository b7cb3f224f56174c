import requests

API = {"user": {"read": ["/vapid/me"]}, "project": {"write": ("/vapid/projects", "x")}}
requests.get("https://api.procore.com" + API["user"]["read"][0])
requests.post("https://api.procore.com" + API["project"]["write"][-2])
