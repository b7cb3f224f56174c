import requests

BASE = "https://api.procore.com/vapid"


def users(company_id, project_id=None):
    if project_id:
        url = f"{BASE}/projects/{project_id}/users"
    else:
        url = f"{BASE}/companies/{company_id}/users"
    return requests.get(url)
