import attr
import requests
from attrs import Factory, define, field


@define
class Config:
    token: str
    base: str = "https://api.procore.com/vapid"
    paths: dict = Factory(lambda: {"companies": "/companies"})
    me: str = field(default="/me")


@attr.s
class Old:
    path = attr.ib(default="/projects")


config = Config("t")
requests.get(config.base + config.me)
requests.get(config.base + config.paths["companies"])
requests.get(config.base + Old().path)
