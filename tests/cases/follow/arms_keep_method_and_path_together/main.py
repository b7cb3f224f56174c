import requests


def run(project_id, create):
    if create:
        method = "POST"
        path = f"/vapid/projects/{project_id}/submittals"
    else:
        method = "GET"
        path = f"/vapid/projects/{project_id}/rfis"
    return requests.request(method, "https://api.procore.com" + path)
