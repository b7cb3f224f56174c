import requests

HOST = "https://api.procore.com"

import second

requests.get(second.API + "/me")
