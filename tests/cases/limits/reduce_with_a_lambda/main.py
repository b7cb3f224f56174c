from functools import reduce

import requests

PARTS = ["vapid", "companies"]
requests.get(reduce(lambda left, right: f"{left}/{right}", PARTS, "https://api.procore.com"))
