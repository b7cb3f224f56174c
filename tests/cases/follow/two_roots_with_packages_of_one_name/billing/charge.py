import requests
from settings import BASE


def charge(project_id):
    return requests.post(f"{BASE}/projects/{project_id}/charges")
