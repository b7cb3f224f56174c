import requests
from settings import BASE


def sync(project_id):
    return requests.get(f"{BASE}/projects/{project_id}/rfis")
