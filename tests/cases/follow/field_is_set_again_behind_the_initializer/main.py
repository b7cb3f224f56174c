from dataclasses import dataclass

import attr
import requests


@dataclass
class Api:
    base: str
    token: str = "t"

    def __post_init__(self):
        if not self.base.endswith("/"):
            self.base += "/"

    def get(self, path):
        return requests.get(self.base + path)


@attr.s(auto_attribs=True)
class Old:
    namespace: str

    def __attrs_post_init__(self):
        self.namespace = f"https://api.procore.com/{self.namespace}"


Api("https://api.procore.com/vapid").get("me")
requests.get(Old("vapid").namespace + "/companies")
