import requests


class Url:
    def __init__(self, text):
        self.text = text

    def __truediv__(self, part):
        return Url(f"{self.text}/{part}")

    def __str__(self):
        return self.text


def run(project_id):
    base = Url("https://api.procore.com") / "vapid"
    requests.get(str(base / "projects" / project_id))
    requests.get(f"{base / 'companies'}")


run(3)
