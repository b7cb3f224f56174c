import requests
from requests import post

BASE = "https://api.procore.com"


def draws(commitment_id, verb):
    requests.get(f"{BASE}/vapid/commitments/{commitment_id}/draw_requests")
    requests.get(f"{BASE}/vapid/budget_line_items")
    requests.get(f"{BASE}/vapid/bids")
    post(f"{BASE}/vapid/vendors/sync")
    fetch("POST", f"{BASE}/vapid/vendors/sync")
