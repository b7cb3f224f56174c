from dataclasses import InitVar, dataclass, field
from typing import ClassVar

import requests


@dataclass(slots=True)
class Base:
    path: str
    method: str = "GET"
    host: ClassVar[str] = "https://api.procore.com"

    def send(self):
        return requests.request(self.method, self.host + self.path)


@dataclass(slots=True)
class Create(Base):
    method: str = "POST"


@dataclass
class Scoped:
    project_id: InitVar[int]
    url: str = field(init=False)

    def __post_init__(self, project_id):
        self.url = f"https://api.procore.com/vapid/projects/{project_id}/rfis"


Base("/vapid/me").send()
Create("/vapid/projects").send()
requests.get(Scoped(3).url)
