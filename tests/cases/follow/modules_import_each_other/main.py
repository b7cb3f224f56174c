import requests
import second

HOST = "https://api.procore.com"
requests.get(second.API + "/me")
