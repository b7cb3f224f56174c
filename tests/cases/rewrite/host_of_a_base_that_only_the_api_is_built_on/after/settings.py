import os

HOST = "api.procore.com"
BASE = os.environ.get("PROCORE_URL", f"https://{HOST}")
