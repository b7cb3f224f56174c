import requests


def items(project_id, tool):
    match tool:
        case "rfis" | "submittals":
            url = f"https://api.procore.com/vapid/projects/{project_id}/{tool}"
        case _:
            url = f"https://api.procore.com/rest/v1.1/projects/{project_id}/{tool}"
    return requests.get(url)


items(3, "rfis")
items(3, "submittals")
items(3, "incidents")
