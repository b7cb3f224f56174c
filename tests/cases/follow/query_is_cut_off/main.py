import requests

requests.get("https://api.procore.com/vapid/companies/?per_page=100&page=1")
