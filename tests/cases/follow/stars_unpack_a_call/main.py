import requests

CALL = ("DELETE", "https://api.procore.com/vapid/projects/3/images/9")
OPTIONS = {"url": "https://api.procore.com/vapid/me", "timeout": 5}
first, *others = ["https://api.procore.com/vapid/projects", "/companies", "/programs"]

requests.request(*CALL)
requests.get(**OPTIONS)
requests.get(first)
for other in others:
    requests.get("https://api.procore.com/vapid" + other)
