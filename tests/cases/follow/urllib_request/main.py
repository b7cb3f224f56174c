import json
import urllib.request
from urllib.parse import urljoin

BASE = "https://api.procore.com/vapid/"


def main(project_id):
    urllib.request.urlopen(urljoin(BASE, "me"))
    urllib.request.urlopen(urljoin(BASE, "projects"), data=json.dumps({}).encode())
    request = urllib.request.Request(f"{BASE}projects/{project_id}", method="PATCH")
    urllib.request.urlopen(request)
