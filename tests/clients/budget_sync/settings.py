"""Where Procore is, and who we are there."""

import os

BASE_URL = os.getenv("PROCORE_URL") or "https://api.procore.com"
CLIENT_ID = os.environ["PROCORE_CLIENT_ID"]
CLIENT_SECRET = os.environ["PROCORE_CLIENT_SECRET"]
COMPANY_ID = int(os.environ["PROCORE_COMPANY_ID"])
