import requests


class Projects:
    base = "https://api.procore.com"
    path = "/vapid/projects"

    def list(self):
        return requests.get(self.base + self.path)


Projects().list()
