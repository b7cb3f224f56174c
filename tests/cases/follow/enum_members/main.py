from enum import Enum

import requests


class Path(str, Enum):
    ME = "/vapid/me"


class Other(Enum):
    COMPANIES = "/vapid/companies"


requests.get("https://api.procore.com" + Path.ME)
requests.get("https://api.procore.com" + Other.COMPANIES.value)
