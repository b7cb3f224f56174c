import posixpath

import requests

BASE = "https://api.procore.com/vapid"


def run(project_id):
    requests.get(posixpath.join(BASE, "projects", str(project_id)))
    requests.get("https://api.procore.com" + posixpath.join("/rest/v1.1", "/vapid/me"))


run(3)
