import httpx
import requests


def run(project_id):
    request = requests.Request("POST", "https://api.procore.com/vapid/projects")
    requests.Session().send(request.prepare())
    with httpx.Client(base_url="https://api.procore.com") as client:
        request = client.build_request("PATCH", f"/vapid/projects/{project_id}")
        client.send(request)
