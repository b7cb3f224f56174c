import os
from dataclasses import dataclass, field

import requests


def base():
    return os.environ.get("PROCORE_BASE", "https://api.procore.com/vapid")


@dataclass
class Config:
    base: str = field(default_factory=base)


requests.get(Config().base + "/me")
