from collections import defaultdict

import requests

routes = defaultdict(lambda: "/me", companies="/companies")
requests.get("https://api.procore.com/vapid" + routes["companies"])
requests.get("https://api.procore.com/vapid" + routes["anything"])
