import requests

BASE = "https://api.procore.com"
USERS = "/vapid/company/{}/users"
MANAGERS = "/potential_submittal_managers"


def users(company_id):
    return requests.get(BASE + USERS.format(company_id))


def managers(project_id):
    requests.get(f"{BASE}/vapid/projects/{project_id}/submittals" + MANAGERS)
    return requests.get(f"{BASE}/vapid/projects/{project_id}/submittals/potential_received_froms?a=1")


requests.get(BASE + "/rest/v1.0/files", params={"project_id": 1})
