import requests

HOST = "https://api.procore.com"
DEFAULTS = {"host": HOST, "namespace": "vapid"}


def show(project_id):
    requests.get("%(host)s/%(namespace)s/projects/%(project)d" % {**DEFAULTS, "project": project_id})
    requests.get("%s/%s/%s" % (HOST, "vapid", "me"))


show(3)
