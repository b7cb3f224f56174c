import re

import requests

BASE = "https://api.procore.com"
RESOURCE = re.compile(r"/rest/v1\.0/(\w+)")
BOTH = re.compile(r"/(?:vapid|rest/v\d\.\d)/")


def pages(company_id):
    url = f"{BASE}/rest/v1.0/companies/{company_id}/vendors"
    while url:
        response = requests.get(url)
        yield from response.json()
        url = response.links.get("next", {}).get("url")
        if url and url.startswith(BASE + "/rest/v1.0/"):
            path = url.split("/rest/v1.0/", 1)[1]
            print(path, RESOURCE.search(url), BOTH.search(url))
