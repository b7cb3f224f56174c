import requests

BASE = "https://api.procore.com"


def sync(rows, headers):
    return requests.patch(f"{BASE}/rest/v1.0/vendors/sync", json={"updates": rows}, headers=headers)


def sync_again(rows, session):
    return session.post(f"{BASE}/rest/v1.0/vendors/sync", json={"updates": rows})


def sync_users(rows):
    session = requests.Session()
    session.patch(BASE + "/rest/v1.0/companies/9/users/sync", json=rows)
    session.request("PATCH", BASE + "/rest/v1.0/work_order_contracts/sync", json=rows)
    session.request(method="patch", url=BASE + "/rest/v1.0/vendors/sync", json=rows)
