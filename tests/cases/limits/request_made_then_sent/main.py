from dataclasses import dataclass, field

import requests


@dataclass
class Job:
    path: str
    method: str = "GET"
    params: dict = field(default_factory=dict)

    @property
    def url(self):
        return f"https://api.procore.com/vapid/{self.path}"

    def send(self, session):
        return session.request(self.method, self.url, params=self.params)


class Batch:
    def __init__(self):
        self.jobs = [Job("me")]

    def add(self, job):
        self.jobs.append(job)
        return self

    def run(self):
        with requests.Session() as session:
            return [job.send(session) for job in self.jobs]


Batch().add(Job("projects", method="POST")).add(Job("companies")).run()
