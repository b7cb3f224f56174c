import requests

url = "https://api.procore.com/vapid/companies"
while url:
    requests.get(url)
    url = "https://api.procore.com/vapid/projects" if "companies" in url else None
