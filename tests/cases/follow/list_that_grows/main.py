import requests

PATHS = ["/vapid/me"]
PATHS.append("/vapid/companies")
PATHS.extend(["/vapid/projects"])
PATHS += ("/vapid/programs",)

for path in PATHS:
    requests.get("https://api.procore.com" + path)
