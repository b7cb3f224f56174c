import posixpath

import requests

BASE = "https://api.procore.com/vapid"
ROOT = posixpath.dirname(BASE)
requests.get(BASE + "/me")
requests.get(ROOT + "/rest/v1.1/companies")
