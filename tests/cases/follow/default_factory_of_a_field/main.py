from dataclasses import dataclass, field

import requests


@dataclass(kw_only=True)
class Config:
    host: str = "https://api.procore.com"
    paths: dict[str, str] = field(default_factory=lambda: {"me": "/vapid/me"})


config = Config()
requests.get(config.host + config.paths["me"])
