import sys

import requests

wanted = [path for path in ["/vapid/projects", "/vapid/me"] if path.endswith("me") or not sys.argv[1:]]
requests.get("https://api.procore.com" + wanted[0])
