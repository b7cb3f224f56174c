import sys

import requests

path = "/vapid/me" if len(sys.argv) > 1 else "/vapid/companies"
if (url := "https://api.procore.com" + path):
    requests.get(url)
