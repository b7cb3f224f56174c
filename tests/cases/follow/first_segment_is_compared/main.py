from urllib.parse import urlsplit

import requests


def get(url):
    first = urlsplit(url).path.split("/")[1]
    params = {"per_page": 100} if first == "vapid" else {}
    return requests.get(url, params=params)


get("https://api.procore.com/vapid/companies")
get("https://login.procore.com/oauth/token/info")
