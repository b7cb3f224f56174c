import sys

import requests

BASE = "https://api.procore.com/vapid"
requests.get(BASE + sys.argv[1])
requests.get(f"{BASE}/{sys.argv[2]}")
