import requests

HOSTS = ["https://api.procore.com", "https://forge.example.com"]
PATHS = {"https://api.procore.com": ["/vapid/me", "/vapid/companies"]}

for host in HOSTS:
    for path in PATHS.get(host, ["/users"]):
        requests.get(host + path)
