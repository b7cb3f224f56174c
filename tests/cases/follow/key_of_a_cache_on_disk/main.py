import json
from pathlib import Path

import requests


def get(path):
    file = Path(path.strip("/").replace("/", "-") + ".json")
    if not file.exists():
        file.write_text(json.dumps(requests.get("https://api.procore.com" + path).json()))
    return json.loads(file.read_text())


get("/vapid/companies")
get("/vapid/me")
