from urllib.parse import urlsplit

import requests

BASE = "https://api.procore.com/vapid"
parts = urlsplit(BASE)
requests.get(BASE + "/me")
requests.get(f"{parts.scheme}://{parts.netloc}/rest/v1.1/companies")
