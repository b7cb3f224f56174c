import requests

ENDPOINTS = {
    "rfis": "/vapid/projects/{project_id}/rfis",
    "token": "/oauth/token",
}


def rfis(project_id):
    path = ENDPOINTS["rfis"].format(project_id=project_id)
    requests.post("https://api.procore.com" + ENDPOINTS["token"])
    return requests.get("https://api.procore.com" + path)
