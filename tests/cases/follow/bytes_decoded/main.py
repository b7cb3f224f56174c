import requests

requests.get(b"https://api.procore.com/vapid/me".decode())
requests.get(str(b"https://api.procore.com/vapid/companies", "ascii"))
