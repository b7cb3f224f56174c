import requests


class Resource:
    base = "https://api.procore.com/vapid"
    template = ""

    def __init__(self, **ids):
        self.ids = ids

    def url(self, suffix=""):
        return self.base + self.template.format(**self.ids) + suffix

    def list(self):
        return requests.get(self.url())

    def show(self, number):
        return requests.get(self.url(f"/{number}"))


class Rfis(Resource):
    template = "/projects/{project_id}/rfis"


class Vendors(Resource):
    template = "/companies/{company_id}/vendors"


Rfis(project_id=3).list()
Rfis(project_id=3).show(9)
Vendors(company_id=5).list()
Vendors(company_id=5).show(9)
