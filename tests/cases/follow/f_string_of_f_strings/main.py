import requests

HOST = "https://api.procore.com"


def show(project_id, image_id=None):
    requests.get(f"{HOST!s}/{'vapid'}/{'companies' if project_id else 'projects'}")
    requests.delete(f"{HOST}/vapid/projects/{project_id:d}{f'/images/{image_id}' if image_id else ''}")


show(3, 9)
show(0)
