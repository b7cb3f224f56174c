import requests

PATHS = """
/vapid/me
/vapid/companies
"""
for path in PATHS.split():
    requests.get("https://api.procore.com" + path)
for path in PATHS.strip().splitlines():
    requests.head("https://api.procore.com" + path)
