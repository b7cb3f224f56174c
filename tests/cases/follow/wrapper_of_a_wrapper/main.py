import requests


def send(method, path, **kwargs):
    return requests.request(method, "https://api.procore.com" + path, **kwargs)


def get(path):
    return send("get", "/vapid" + path)


def patch(path, body):
    return send(method="patch", path="/vapid" + path, json=body)


def main(project_id):
    get("/me")
    patch(f"/projects/{project_id}", {"name": "x"})
