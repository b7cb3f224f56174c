import os

import requests

GATEWAY = os.environ.get("GATEWAY", "http://directory.internal")

requests.get(f"{GATEWAY}/rest/v1.0/users")
requests.get(f"{GATEWAY}/rest/v1.0/projects")
requests.post(f"{GATEWAY}/rest/v2.0/no/such/thing")
