import requests

URL = "https://api.procore.com/vapid/projects/{}"


def exercise(project_id):
    for verb in ("get", "patch", "delete"):
        getattr(requests, verb)(URL.format(project_id))
