import requests

try:
    path = "/vapid/me"
    raise KeyError
except KeyError:
    pass
requests.get("https://api.procore.com" + path)
