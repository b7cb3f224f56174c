import requests


class Api:
    host = "https://api.procore.com"
    routes = {"list": "/vapid/projects", "me": "/vapid/me"}

    def get(self, name):
        return requests.get(self.host + self.routes[name])


class CompanyApi(Api):
    routes = {**Api.routes, "list": "/vapid/companies"}


CompanyApi().get("list")
CompanyApi().get("me")
