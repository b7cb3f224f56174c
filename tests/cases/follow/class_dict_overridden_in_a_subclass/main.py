import requests


class Api:
    host = "https://api.procore.com"
    routes = {"list": "/rest/v1.1/projects"}

    def list(self):
        return requests.get(self.host + self.routes["list"])


class CompanyApi(Api):
    routes = {"list": "/vapid/companies"}


Api().list()
CompanyApi().list()
