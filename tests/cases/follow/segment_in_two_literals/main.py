import requests

requests.get("https://api.procore.com/va" "pid/me")
