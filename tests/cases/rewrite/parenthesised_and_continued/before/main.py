import requests

URL = ("https://api.procore.com"
       "/vapid"  # the old one
       "/me")
OTHER = "https://api.procore.com" \
    "/vapid/companies"; print(OTHER)
requests.get(URL); requests.get(OTHER)
