import urllib.request

import requests

requests.get(r"https://api.procore.com/rest/v1.0/me")
requests.get(b"https://api.procore.com/rest/v1.0/me")
requests.get(
    """https://api.procore.com/rest/v1.0/companies"""
)
urllib.request.urlopen(rf"https://api.procore.com/rest/v1.0/projects")
