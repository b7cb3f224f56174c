from dataclasses import dataclass, field

import requests


@dataclass(frozen=True)
class Config:
    base: str = field(default="https://api.procore.com/vapid", repr=False)


requests.get(Config().base + "/companies")
