"""Addresses of what the audit reads."""

VERSION = "vapid"


def resource(host, *parts):
    return "/".join([host, VERSION, *parts])


def project_url(host, project_id, namespace="vapid"):
    return f"{host}/{namespace}/projects/{project_id}"


def event_url(host, event_id):
    return "%s/%s/change_events/%d" % (host, VERSION, event_id)
