import json
from pathlib import Path

import requests

settings = json.loads(Path("settings.json").read_text())


def users(company_id):
    root = settings["api"]["root"]
    return requests.get(f"{root}/companies/{company_id}/users")
