import os

import requests

os.environ.setdefault("PROCORE_BASE", "https://api.procore.com/vapid")
os.environ["PROCORE_PATH"] = "/me"
requests.get(os.environ["PROCORE_BASE"] + os.environ["PROCORE_PATH"])
