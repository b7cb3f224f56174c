import requests


def url(project_id, tool=None):
    parts = ["https://api.procore.com", "vapid", "projects", str(project_id)]
    if tool:
        parts.append(tool)
    return "/".join(parts)


requests.get(url(3))
requests.get(url(3, "rfis"))
