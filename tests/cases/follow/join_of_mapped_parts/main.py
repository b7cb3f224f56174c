import requests


def url_of(*parts):
    return "/".join(map(str, ("https://api.procore.com", "vapid", *parts)))


def slashed(*parts):
    return "/".join(part.strip("/") for part in parts)


def run(project_id):
    requests.get(url_of("projects", project_id, "rfis"))
    requests.get(slashed("https://api.procore.com/", "/vapid/", "/offices/"))


run(3)
