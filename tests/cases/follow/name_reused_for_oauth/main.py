import requests

url = "https://api.procore.com/vapid/me"
requests.get(url)
url = "https://login.procore.com/oauth/token"
requests.post(url)
