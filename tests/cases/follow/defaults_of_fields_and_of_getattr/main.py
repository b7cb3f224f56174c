import asyncio
from dataclasses import dataclass, field

import requests

HOST = "https://api.procore.com"


@dataclass
class Paths:
    me: str = field(default="/vapid/me")


async def find():
    return "/vapid/companies"


requests.get(HOST + Paths().me)
requests.get(HOST + getattr(Paths(), "projects", "/vapid/projects"))
requests.get(HOST + asyncio.run(find()))
