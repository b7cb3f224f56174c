import requests

OLD = "vapid"
NEW = "rest/v1.1"
VERSIONS = {"webhooks": NEW}


def url(resource):
    version = VERSIONS.get(resource, OLD)
    return f"https://api.procore.com/{version}/{resource}"


requests.get(url("webhooks"))
requests.get(url("companies"))
