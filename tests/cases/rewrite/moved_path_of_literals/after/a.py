import requests

BASE = "https://api.procore.com"
USERS = "/rest/v1.0/companies/{}/users"
MANAGERS = "/filter_options/submittal_manager_id"


def users(company_id):
    return requests.get(BASE + USERS.format(company_id))


def managers(project_id):
    requests.get(f"{BASE}/rest/v1.0/projects/{project_id}/submittals" + MANAGERS)
    return requests.get(f"{BASE}/rest/v1.0/projects/{project_id}/submittals/filter_options/received_from_id?a=1")


requests.get(BASE + "/rest/v1.0/folders", params={"project_id": 1})
