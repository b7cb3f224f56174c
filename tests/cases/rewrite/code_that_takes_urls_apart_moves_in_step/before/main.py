import re

import requests

BASE = "https://api.procore.com"
RESOURCE = re.compile(r"/vapid/(\w+)")
BOTH = re.compile(r"/(?:vapid|rest/v\d\.\d)/")


def pages(company_id):
    url = f"{BASE}/vapid/companies/{company_id}/vendors"
    while url:
        response = requests.get(url)
        yield from response.json()
        url = response.links.get("next", {}).get("url")
        if url and url.startswith(BASE + "/vapid/"):
            path = url.split("/vapid/", 1)[1]
            print(path, RESOURCE.search(url), BOTH.search(url))
