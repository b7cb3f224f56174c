import requests

HOST = "https://api.procore.com"
ROUTES = {
    "project": lambda ids: f"/vapid/projects/{ids['project_id']}",
    "rfis": "/vapid/projects/{project_id}/rfis".format,
    "me": lambda ids=None: "/vapid/me",
}

requests.get(HOST + ROUTES["project"]({"project_id": 3}))
requests.get(HOST + ROUTES["rfis"](project_id=3))
requests.get(HOST + ROUTES["me"]())
