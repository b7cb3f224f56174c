import requests

HOST = "https://api.procore.com"


def reads():
    yield "GET", "/vapid/me"
    yield "GET", "/vapid/companies"


def calls(project_id):
    yield from reads()
    yield ("PATCH", f"/vapid/projects/{project_id}")
    return "/vapid/nothing"


def run(project_id):
    for method, path in calls(project_id):
        requests.request(method, HOST + path)
    first = next(reads())
    requests.request(first[0], HOST + first[1])


run(3)
