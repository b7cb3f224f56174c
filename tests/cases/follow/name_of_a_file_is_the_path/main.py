from pathlib import Path

import requests


def get(path):
    if Path(path).exists():
        return []
    return requests.get("https://api.procore.com" + path).json()


get("/vapid/companies")
