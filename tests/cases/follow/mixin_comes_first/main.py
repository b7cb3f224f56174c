import requests


class Base:
    base = "https://api.procore.com/rest/v1.0"

    def get(self, path):
        return requests.get(self.base + path)


class Old:
    base = "https://api.procore.com/vapid"


class Projects(Old, Base):
    def all(self):
        return self.get("/projects")


class Companies(Base, Old):
    def all(self):
        return self.get("/companies")


Projects().all()
Companies().all()
