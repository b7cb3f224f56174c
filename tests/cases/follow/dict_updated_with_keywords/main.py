import requests

routes = {"me": "/vapid/me"}
routes.update(companies="/vapid/companies")
requests.get("https://api.procore.com" + routes["me"])
requests.get("https://api.procore.com" + routes["companies"])
