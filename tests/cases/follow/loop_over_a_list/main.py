import requests

URLS = ["https://api.procore.com/vapid/me", "https://api.procore.com/vapid/companies"]
for url in URLS:
    requests.get(url)
