import requests

SIZES = {"vapid": 100, "rest/v1.0": 50}


def get(segment, path):
    url = f"https://api.procore.com/{segment}/{path}"
    return requests.get(url, params={"per_page": SIZES[segment]})


get("vapid", "companies")
get("rest/v1.0", "webhooks")
