import os

import requests

BASE = os.environ["PROCORE_BASE_URL"]
requests.get(f"{BASE}/companies")
