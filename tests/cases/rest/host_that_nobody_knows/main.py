import os

import requests

TRACKER = os.environ.get("TRACKER", "http://tracker.internal")


def fetch(project_id):
    """Ask Procore, through the gateway."""
    requests.get(f"{TRACKER}/rest/v1.0/projects/{project_id}/managed_equipment")
    requests.get(f"{TRACKER}/rest/v1.0/tools")


fetch(12)
