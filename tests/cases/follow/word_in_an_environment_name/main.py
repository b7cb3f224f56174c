import os

import requests

NAME = "vapid"
os.environ.setdefault("PROCORE_VAPID_HOST", "https://api.procore.com")
host = os.environ[f"PROCORE_{NAME.upper()}_HOST"]
requests.get(f"{host}/{NAME}/me")
