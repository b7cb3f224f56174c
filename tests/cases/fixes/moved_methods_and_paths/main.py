import httpx
import requests

BASE = "https://api.procore.com"
USERS = "/vapid/company/{}/users"


def send(client, method, path, **options):
    return client.request(method, BASE + path, **options)


with httpx.Client() as client:
    send(client, "POST", "/vapid/vendors/sync", json={"updates": []})
    send(client, "POST", "/vapid/vendors", json={})
session = requests.Session()
session.post(f"{BASE}/rest/v1.0/companies/9/users/sync", json={})
requests.put(f"{BASE}/vapid/companies/9/bids/7", json={})
requests.get(BASE + USERS.format(9))
requests.get(f"{BASE}/vapid/projects/7/submittals/potential_received_froms?page=2")
