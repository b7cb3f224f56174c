import requests

HOST = "https://api.procore.com"
projects = requests.get(HOST + "/vapid/projects").json()
for project in projects:
    requests.get(f"{HOST}/vapid/projects/{project['id']}")
    requests.get("/".join([HOST, "vapid", "projects", str(project["id"]), "rfis"]))
