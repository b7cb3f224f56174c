import requests

HOST = "https://api.procore.com"


def show(project_id, rfi_id):
    base = HOST + "/vapid"
    requests.get("{base}/projects/{project_id}/rfis/{rfi_id}".format(**locals()))
    requests.get("%(base)s/projects/%(project_id)s" % locals())
    requests.get("{base}/me".format_map(vars()))


show(3, 9)
