import requests

queue = ["/vapid/companies", "/vapid/me"]
while queue and (path := queue.pop()):
    requests.get("https://api.procore.com" + path)

sent = [url for name in ("projects",) if requests.get(url := f"https://api.procore.com/vapid/{name}")]
requests.post(url)
