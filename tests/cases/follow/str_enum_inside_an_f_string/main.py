from enum import StrEnum

import requests


class Path(StrEnum):
    ME = "/vapid/me"
    COMPANIES = "/vapid/companies"


def get(path: Path):
    return requests.get(f"https://api.procore.com{path}")


get(Path.ME)
get(Path.COMPANIES)
