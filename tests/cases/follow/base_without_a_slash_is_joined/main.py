from urllib.parse import urljoin

import requests

BASE = "https://api.procore.com/vapid"
requests.get(urljoin(BASE, "vapid/me"))
requests.get(urljoin(BASE + "/companies", "projects"))
