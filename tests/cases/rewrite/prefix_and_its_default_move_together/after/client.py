import os

import requests

PREFIX = os.getenv("API_PREFIX", "/rest/v1.0")


def rfis(project_id):
    return requests.get(f"https://api.procore.com{PREFIX}/projects/{project_id}/rfis")
