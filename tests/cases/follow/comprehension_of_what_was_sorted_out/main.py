import requests

paths = [path for path in ["/vapid/projects", "/vapid/me"] if "m" in path]
urls = [f"https://api.procore.com{path}" for path in paths]
requests.get(urls[0])
