import requests

BASE = "https://api.procore.com/vapid"
PATHS = {}
PATHS["images"] = "/projects/{project_id}/images"
PATHS.update({"image": PATHS["images"] + "/{id}"})


def images(project_id):
    options = {"url": BASE}
    options["url"] += PATHS["images"].format(project_id=project_id)
    options.setdefault("method", "POST")
    requests.get(options["url"])
    requests.request(**options)


def remove(project_id, image_id):
    requests.delete(BASE + PATHS["image"].format(project_id=project_id, id=image_id))
