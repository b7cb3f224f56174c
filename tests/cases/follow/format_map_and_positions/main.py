import requests

BASE = "https://api.procore.com/vapid"


def run(project_id, rfi_id):
    requests.get("{0}/projects/{1}/rfis/{2}".format(BASE, project_id, rfi_id))
    values = {"project_id": project_id, "rfi_id": rfi_id}
    requests.get((BASE + "/projects/{project_id}/rfis/{rfi_id}").format_map(values))
    requests.get((BASE + "/projects/{project_id}/rfis/{rfi_id}").format(**values))
