import requests


def fetch(project_id, rfi_id=None):
    tail = f"/{rfi_id}" if rfi_id else ""
    return requests.get(f"https://api.procore.com/vapid/projects/{project_id}/rfis{tail}")


def users(project_id, suffix=""):
    return requests.get(f"https://api.procore.com/vapid/projects/{project_id}/users" + suffix)


fetch(3)
fetch(3, 9)
users(3)
