import requests


class Trail:
    def __init__(self, text="/vapid"):
        self.text = text

    def project(self, project_id):
        return Trail(f"{self.text}/projects/{project_id}")

    def tool(self, name):
        return Trail(f"{self.text}/{name}")

    def get(self):
        return requests.get("https://api.procore.com" + self.text)


Trail().project(3).tool("rfis").get()
