import requests


def url(project_id=None, number=None, *, base="https://api.procore.com/vapid"):
    text = base + "/projects"
    if project_id is not None:
        text += f"/{project_id}"
        if number is not None:
            text = f"{text}/rfis/{number}"
    return text


requests.get(url())
requests.get(url(3))
requests.get(url(3, 9))
