import requests


def drawings(project_id):
    url = "https://api.procore.com"
    url += "/vapid"
    url += f"/projects/{project_id}"
    url += "/drawings"
    return requests.get(url)
