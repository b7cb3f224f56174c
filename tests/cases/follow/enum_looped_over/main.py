from enum import Enum

import requests


class Path(Enum):
    ME = "/vapid/me"
    COMPANIES = "/vapid/companies"


for path in Path:
    requests.get("https://api.procore.com" + path.value)
requests.get("https://api.procore.com" + Path["ME"].value)
