import os

import requests

HOSTS = {
    "production": "https://api.procore.com",
    "sandbox": "https://sandbox.procore.com",
    "monthly": "https://api-monthly.procore.com",
}
host = HOSTS[os.environ.get("ENVIRONMENT", "sandbox")]
requests.get(f"{host}/vapid/me")
