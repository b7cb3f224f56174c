import requests

for base in ["https://api.procore.com/vapid/me", "https://api.procore.com/vapid/projects"]:
    urls = [f"{base}/{number}" for number in [7]]
    requests.get(urls[0])
