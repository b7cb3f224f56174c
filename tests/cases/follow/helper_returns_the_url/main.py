import requests


def url_for(*parts):
    return "https://api.procore.com/vapid/" + "/".join(parts)


def rfis(project_id):
    return requests.get(url_for("projects", project_id, "rfis"))
