import os

import requests

BASE = os.environ["API_BASE"]  # ends in a slash


def bids(company_id):
    return requests.get(f"{BASE}vapid/companies/{company_id}/bids")
