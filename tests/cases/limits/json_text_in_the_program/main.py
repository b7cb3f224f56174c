import json

import requests

ROUTES = json.loads('{"me": "/vapid/me", "companies": "/vapid/companies"}')
requests.get("https://api.procore.com" + ROUTES["me"])
requests.get("https://api.procore.com" + ROUTES["companies"])
