"""Reads https://api.procore.com/vapid/companies once a night."""

import requests

HELP = "See https://developers.procore.com/vapid for the old API."


def companies():
    """GET /vapid/companies"""
    return requests.get("https://api.procore.com/vapid/companies", headers={"X-Help": "none"})


companies()
print(HELP)
