import requests

BASE = "https://api.procore.com/vapid/projects/{}/images/{}"


def drop(project_id, image_id):
    try:
        response = requests.delete(BASE.format(project_id, image_id))
        response.raise_for_status()
    except requests.HTTPError as error:
        if error.response.status_code == 404:
            return requests.get(error.request.url)
        raise
    return response


drop(3, 9)
