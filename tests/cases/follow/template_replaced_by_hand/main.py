import requests

URL = "https://api.procore.com/vapid/projects/:project/rfis"


def rfis(project_id):
    return requests.get(URL.replace(":project", str(project_id)))
