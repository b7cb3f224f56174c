import requests

OLD = {"rfis", "submittals"}


def items(project_id, tool):
    if tool in OLD:
        return requests.get(f"https://api.procore.com/vapid/projects/{project_id}/{tool}")
    return requests.get(f"https://api.procore.com/rest/v1.1/projects/{project_id}/{tool}")


items(3, "rfis")
items(3, "incidents")
