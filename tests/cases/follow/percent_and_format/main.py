import requests

RFI = "https://api.procore.com/vapid/projects/%(project)s/rfis/%(rfi)s"
IMAGE = "https://api.procore.com/vapid/projects/{}/images/{}"


def show(project_id, rfi_id):
    return requests.get(RFI % {"project": project_id, "rfi": rfi_id})


def delete(project_id, image_id):
    return requests.delete(IMAGE.format(project_id, image_id))
