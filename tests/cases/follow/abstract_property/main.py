from abc import ABC, abstractmethod

import requests


class Report(ABC):
    @property
    @abstractmethod
    def tool(self): ...

    def __init__(self, project_id):
        self.project_id = project_id

    def rows(self):
        base = "https://api.procore.com/vapid/projects"
        return requests.get(f"{base}/{self.project_id}/{self.tool}").json()


class Rfis(Report):
    tool = "rfis"


class Submittals(Report):
    @property
    def tool(self):
        return "submittals"


for report in (Rfis, Submittals):
    report(3).rows()
