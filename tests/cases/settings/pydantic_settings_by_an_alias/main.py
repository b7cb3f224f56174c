import requests
from settings import Settings

requests.get("https://api.procore.com" + Settings().root + "/me")
