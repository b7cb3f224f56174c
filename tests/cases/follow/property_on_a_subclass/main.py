import requests


class Resource:
    host = "https://api.procore.com"

    @property
    def path(self):
        raise NotImplementedError

    def list(self):
        return requests.get(self.host + self.path)


class Rfis(Resource):
    def __init__(self, project_id):
        self.project_id = project_id

    @property
    def path(self):
        return f"/vapid/projects/{self.project_id}/rfis"


class Offices(Resource):
    def __init__(self, company_id):
        self.company_id = company_id

    @property
    def path(self):
        return f"/vapid/companies/{self.company_id}/offices"


Rfis(3).list()
Offices(5).list()
