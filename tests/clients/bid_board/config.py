import os

BASE = (os.environ.get("PROCORE_URL") or "https://api.procore.com").rstrip("/") + "/"
TOKEN = os.environ["PROCORE_TOKEN"]
