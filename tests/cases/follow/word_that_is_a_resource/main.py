import requests


def items(project_id, tool):
    return requests.get(f"https://api.procore.com/vapid/projects/{project_id}/{tool}")


items(1, "rfis")
items(1, "submittals")
