import requests

routes = {"me": "/vapid/me"}
routes.setdefault("companies", "/vapid/companies")
requests.get("https://api.procore.com" + routes["companies"])
requests.get("https://api.procore.com" + routes.setdefault("me", "/rest/v1.0/me"))
