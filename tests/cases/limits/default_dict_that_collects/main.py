from collections import defaultdict

import requests

by_method = defaultdict(list)
by_method["GET"].append("/vapid/me")
by_method["POST"].append("/vapid/projects")

for method, paths in by_method.items():
    for path in paths:
        requests.request(method, "https://api.procore.com" + path)
