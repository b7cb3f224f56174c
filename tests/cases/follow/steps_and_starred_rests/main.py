import contextlib

import requests

paths = ["/vapid/commitments", "/vapid/me"]
requests.get("https://api.procore.com" + paths[::-1][0])
_, *rest = "/vapid/commitments", "/vapid/projects"
requests.get("https://api.procore.com" + rest[0])
with contextlib.nullcontext("/vapid/companies") as path:
    requests.get("https://api.procore.com" + list(reversed(["/vapid/commitments", path]))[0])
