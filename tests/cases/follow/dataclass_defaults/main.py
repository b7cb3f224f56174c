from dataclasses import dataclass

import requests


@dataclass
class Settings:
    token: str
    base: str = "https://api.procore.com/vapid"


settings = Settings("t")
requests.get(f"{settings.base}/me", headers={"Authorization": settings.token})
