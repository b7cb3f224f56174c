import requests

VERSION = "vapid"


def offices(company_id):
    parts = ["https://api.procore.com", VERSION, "companies", str(company_id), "offices"]
    return requests.get("/".join(parts))
