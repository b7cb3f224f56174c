import os

import requests

BASE = os.environ["PROCORE_API_URL"]


def rfis(project_id):
    return requests.get(f"{BASE}/projects/{project_id}/rfis")
