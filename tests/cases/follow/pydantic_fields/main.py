import requests
from pydantic import BaseModel, Field


class Paths(BaseModel):
    me: str = "/me"
    companies: str = Field(default="/companies", description="all of them")
    projects: str = Field("/projects", min_length=1)


class Config(BaseModel):
    base: str
    paths: Paths = Paths()


config = Config(base="https://api.procore.com/vapid")
requests.get(config.base + config.paths.me)
requests.get(config.base + config.paths.companies)
requests.get(config.base + config.paths.projects)
