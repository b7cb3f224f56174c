from urllib.parse import urljoin

import requests

BASE = "https://api.procore.com/vapid"
requests.get(BASE + "/me")
requests.get(urljoin(BASE, "status"))
