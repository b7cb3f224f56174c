import requests

URL = ("https://api.procore.com"
       "/rest/v1.0"  # the old one
       "/me")
OTHER = "https://api.procore.com" \
    "/rest/v1.0/companies"; print(OTHER)
requests.get(URL); requests.get(OTHER)
