import requests

NAMES = ["companies", "projects", "webhooks"]
for url in [f"https://api.procore.com/vapid/{name}" for name in NAMES if name != "webhooks"]:
    requests.get(url)
