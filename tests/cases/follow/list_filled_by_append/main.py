import requests

BASE = "https://api.procore.com/vapid"


def collect(project_id, resources):
    parts = [BASE]
    parts.append("projects")
    parts.append(str(project_id))
    parts += ["rfis"]
    requests.get("/".join(parts))

    urls = []
    for resource in ("companies", "projects"):
        urls.append(f"{BASE}/{resource}")
    urls.extend([BASE + "/me"])
    for url in urls:
        requests.get(url)
