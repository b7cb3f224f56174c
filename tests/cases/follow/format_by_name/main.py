import requests

URL = "https://api.procore.com/vapid/projects/{project_id}/rfis"
requests.get(URL.format(project_id=7))
