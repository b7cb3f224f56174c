import requests

urls = [f"https://api.procore.com/vapid/{name}" for name in ("me", "companies")]
results = [requests.get(url) for url in urls]
