import posixpath

import requests

BASE = "https://api.procore.com/vapid"
requests.get(BASE + "/me", params={"api": posixpath.basename(BASE)})
