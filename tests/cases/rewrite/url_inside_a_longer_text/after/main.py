import requests

CURL = """curl -H 'Authorization: Bearer x' https://api.procore.com/vapid/me"""
requests.get("https://api.procore.com/rest/v1.0/me")
