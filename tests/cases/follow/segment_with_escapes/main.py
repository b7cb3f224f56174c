import requests

requests.get("https://api.procore.com\x2f\x76apid/me")
