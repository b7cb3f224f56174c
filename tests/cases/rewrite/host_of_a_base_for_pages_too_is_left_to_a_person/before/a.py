import requests

BASE = "https://app.procore.com"


def notify(mailer, project_id):
    rfis = requests.get(f"{BASE}/rest/v1.0/projects/{project_id}/rfis").json()
    mailer.send(f"{len(rfis)} RFIs: {BASE}/{project_id}/project/rfi/list")
