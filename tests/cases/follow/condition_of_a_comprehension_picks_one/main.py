import requests

wanted = [path for path in ["/vapid/projects", "/vapid/me"] if "m" in path]
requests.get("https://api.procore.com" + wanted[0])
