import os
from pathlib import Path

import requests

for line in Path(".env").read_text().splitlines():
    name, _, value = line.partition("=")
    os.environ.setdefault(name, value)

requests.get(os.environ["TRACKER_API"] + "/webhooks/resources")
requests.get(os.environ["TRACKER_API"] + "/companies")
