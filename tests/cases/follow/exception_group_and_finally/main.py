import requests


def close(project_id, images=False):
    url = f"https://api.procore.com/vapid/projects/{project_id}"
    try:
        requests.patch(url, json={"active": False})
        if images:
            raise ExceptionGroup("images", [ValueError("open")])
    except* ValueError:
        url += "/images"
    finally:
        requests.get(url)


close(3)
close(3, images=True)
