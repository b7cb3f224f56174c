import requests

url = lambda project_id: f"https://api.procore.com/vapid/projects/{project_id}"
requests.get(url(3))
