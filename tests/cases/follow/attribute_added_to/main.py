import requests


class PunchList:
    url = "https://api.procore.com/vapid"

    def __init__(self, project_id):
        self.url += f"/projects/{project_id}"
        self.url += "/punch_items"

    def fetch(self):
        return requests.get(self.url)
