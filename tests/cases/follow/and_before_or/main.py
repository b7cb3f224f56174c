import sys

import requests

requests.get(
    "https://api.procore.com" + (len(sys.argv) > 9 and "/vapid/me" or "/vapid/projects")
)
requests.get("https://api.procore.com/vapid/companies" + ("" and "/1"))
