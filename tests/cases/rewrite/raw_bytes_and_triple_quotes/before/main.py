import urllib.request

import requests

requests.get(r"https://api.procore.com/vapid/me")
requests.get(b"https://api.procore.com/vapid/me")
requests.get(
    """https://api.procore.com/vapid/companies"""
)
urllib.request.urlopen(rf"https://api.procore.com/vapid/projects")
