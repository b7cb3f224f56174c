import requests

ME = "https://api.procore.com/vapid/me"
requests.get(ME)
requests.get(ME.replace("/vapid/", "/rest/v1.1/"))
requests.get(ME.replace("vapid/me", "vapid/companies"))
