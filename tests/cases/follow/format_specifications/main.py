import requests

BASE = "https://api.procore.com/vapid"


def fetch(project_id, rfi_id, width):
    requests.get(f"{BASE!s}/projects/{project_id:d}/rfis")
    requests.get(f"{BASE}/companies/{7:03d}/users")
    requests.get("{}/projects/{:>2}/drawing_areas".format(BASE, 42))
    requests.get("%s/projects/%03d/locations" % (BASE, 5))
    requests.get(f"{BASE}/projects/{rfi_id!r}/submittals")
    requests.get(f"{BASE}/projects/{project_id:{width}}/images")
