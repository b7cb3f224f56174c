import sys

import requests

paths = [path for path in ["/vapid/projects", "/vapid/me"] if path.endswith("me") or not sys.argv[1:]]
urls = [f"https://api.procore.com{path}" for path in paths]
requests.get(urls[0])
