import os

import requests

BASE = os.getenv("PROCORE_API", "https://api.procore.com/vapid")
requests.get(BASE + "/me")
