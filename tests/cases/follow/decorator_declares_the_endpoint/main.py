from functools import wraps

import requests


def endpoint(method, path):
    def decorate(function):
        @wraps(function)
        def call(self, **ids):
            body = function(self, **ids)
            url = self.host + path.format(**ids)
            return requests.request(method, url, json=body)

        return call

    return decorate


class Procore:
    host = "https://api.procore.com"

    @endpoint("GET", "/vapid/projects/{project_id}/rfis")
    def rfis(self, project_id):
        return None

    @endpoint("POST", "/vapid/companies/{company_id}/vendors")
    def add_vendor(self, company_id):
        return {"name": "Acme"}


Procore().rfis(project_id=3)
Procore().add_vendor(company_id=5)
