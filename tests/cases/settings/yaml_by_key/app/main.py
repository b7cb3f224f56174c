from pathlib import Path

import requests
import yaml

CONFIG = Path(__file__).parent.parent / "config" / "app.yaml"


def load():
    with open(CONFIG) as file:
        return yaml.safe_load(file)


def images(project_id):
    procore = load()["procore"]
    url = procore["base_url"] + procore["paths"]["images"].format(project_id=project_id)
    return requests.get(url, timeout=procore["timeout"])
