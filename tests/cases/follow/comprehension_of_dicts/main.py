import requests

HOST = "https://api.procore.com"
NAMES = ["companies", "projects"]
ROUTES = {name: {"url": f"{HOST}/vapid/{name}", "method": "GET"} for name in NAMES}
BY_URL = {route["url"]: key for key, route in ROUTES.items()}

for route in ROUTES.values():
    requests.request(route["method"], route["url"])
for url, name in BY_URL.items():
    requests.post(url, json={"name": name})
