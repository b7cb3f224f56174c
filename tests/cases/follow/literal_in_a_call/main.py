import requests

print(requests.get("https://api.procore.com/vapid/projects", timeout=5).json())
