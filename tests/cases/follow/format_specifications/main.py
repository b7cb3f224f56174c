import requests

BASE = "https://api.procore.com/vapid"


def fetch(project_id, rfi_id, width):
    requests.get(f"{BASE!s}/projects/{project_id:d}/rfis")
    requests.get(f"{BASE}/companies/{project_id:03d}/users")
    requests.get("{}/projects/{:>2}/drawing_areas".format(BASE, project_id))
    requests.get("%s/projects/%03d/locations" % (BASE, project_id))
    requests.get(f"{BASE}/projects/{rfi_id!r}/submittals")
    requests.get(f"{BASE}/projects/{project_id:{width}}/images")
