import os

import requests

HOST = os.environ.get("PROCORE_HOST", "https://api.procore.com/").rstrip("/")
ROOT = "/{}/".format("vapid".strip("/"))


def url(*segments):
    return HOST + ROOT + "/".join(str(segment).strip("/") for segment in segments)


def run(project_id):
    requests.get(url("projects", project_id, "/rfis/"))
    requests.get(url("me"))


run(3)
