import os

HOST = "app.procore.com"
BASE = os.environ.get("PROCORE_URL", f"https://{HOST}")
