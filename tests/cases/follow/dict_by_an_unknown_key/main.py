import sys

import requests

PATHS = {"me": "/vapid/me", "companies": "/vapid/companies"}
requests.get("https://api.procore.com" + PATHS[sys.argv[1]])
