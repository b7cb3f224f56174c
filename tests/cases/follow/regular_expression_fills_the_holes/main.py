import re

import requests

ROUTE = "/vapid/projects/:project_id/rfis/:id"


def send(**ids):
    path = re.sub(r":(\w+)", lambda found: str(ids[found[1]]), ROUTE)
    return requests.get("https://api.procore.com" + path)


send(project_id=3, id=9)
