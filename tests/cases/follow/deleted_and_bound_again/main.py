import requests

base = "https://api.procore.com/vapid"
me = base + "/me"
del base
base = "https://login.procore.com"
requests.get(me)
requests.post(base + "/oauth/token")
