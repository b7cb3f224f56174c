import requests

names = ("me", "companies")
paths = ("/vapid/me", "/vapid/companies")
routes = dict(zip(names, paths))
bases = dict.fromkeys(["live", "test"], "https://api.procore.com/vapid")
requests.get("https://api.procore.com" + routes["me"])
requests.get("https://api.procore.com" + routes["companies"])
requests.get(bases["live"] + "/projects")
