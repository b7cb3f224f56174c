import requests
from procore_sdk import Client

BASE = "https://app.procore.com"
client = Client(BASE)
requests.get(BASE + "/vapid/me")
