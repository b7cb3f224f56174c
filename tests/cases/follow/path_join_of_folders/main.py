import os
import posixpath

import requests


def run(project_id):
    base = posixpath.join("https://api.procore.com", "vapid")
    requests.get(os.path.join(base, "projects", str(project_id), "rfis"))
