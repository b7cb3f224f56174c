import requests

FULL = "https://api.procore.com/vapid/projects?per_page=100"
base, _, query = FULL.partition("?")
requests.get(base, params=query)
