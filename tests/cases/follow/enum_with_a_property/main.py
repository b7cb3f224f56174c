from enum import Enum

import requests


class Environment(Enum):
    LIVE = "api"
    SANDBOX = "sandbox"

    @property
    def base(self):
        return f"https://{self.value}.procore.com/vapid"

    def url(self, path):
        return self.base + path


requests.get(Environment.LIVE.url("/me"))
requests.get(Environment.SANDBOX.base + "/companies")
