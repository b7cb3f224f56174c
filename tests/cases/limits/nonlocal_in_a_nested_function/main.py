import requests


def pages(project_id):
    url = None

    def start(tool):
        nonlocal url
        url = f"https://api.procore.com/vapid/projects/{project_id}/{tool}"

    def fetch(page):
        return requests.get(url, params={"page": page}).json()

    start("rfis")
    return [fetch(page) for page in (1, 2)]


pages(3)
