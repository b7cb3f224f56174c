from dataclasses import dataclass, field

import requests


@dataclass
class Client:
    host: str
    token: str = "t"
    base: str = field(init=False)

    def __post_init__(self):
        self.base = f"{self.host}/vapid"

    def me(self):
        return requests.get(self.base + "/me")


Client("https://api.procore.com").me()
