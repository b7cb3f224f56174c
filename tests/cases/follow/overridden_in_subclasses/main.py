import requests


class Resource:
    path = ""

    def list(self):
        return requests.get(f"https://api.procore.com/vapid{self.path}")


class Projects(Resource):
    path = "/projects"


class Companies(Resource):
    path = "/companies"


for resource in (Projects(), Companies()):
    resource.list()
