import os

import requests


class Config:
    HOST = "https://api.procore.com"
    PREFIX = "/vapid"

    @classmethod
    def base(cls):
        return cls.HOST + cls.PREFIX


class Sandbox(Config):
    HOST = "https://sandbox.procore.com"


CONFIGS = {"production": Config, "sandbox": Sandbox}
config = CONFIGS[os.environ.get("ENVIRONMENT", "sandbox")]
requests.get(config.base() + "/me")
requests.get(config.HOST + config.PREFIX + "/companies")
