import requests

routes = {"me": "/vapid/me"}
routes.update({"companies": "/vapid/companies"})
routes |= {"projects": "/vapid/projects"}
routes["offices"] = "/vapid/offices"
for path in routes.values():
    requests.get("https://api.procore.com" + path)
