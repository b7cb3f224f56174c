import os

import requests

BASE = "https://api.procore.com/vapid"
COMPANY = os.environ.get("PROCORE_COMPANY", "5")


def offices():
    return requests.get(f"{BASE}/companies/{COMPANY}/offices")


def user(row):
    return requests.get(f"{BASE}/companies/{row.get('company')['id']}/users/{row['user_id']}")


offices()
user({"company": {"id": 5}, "user_id": 8})
