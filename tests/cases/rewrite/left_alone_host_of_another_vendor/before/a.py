import requests

requests.get("https://app.example.com/rest/v1.0/me")
requests.post("https://app.example.com/oauth/token")
requests.get("https://app.procore.com.example.org/rest/v1.0/me")
"""app.procore.com answers no more: https://app.procore.com/rest/v1.0/me"""  # as prose
