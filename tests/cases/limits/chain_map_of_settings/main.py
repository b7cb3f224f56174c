from collections import ChainMap

import requests

DEFAULTS = {"base": "https://api.procore.com/vapid", "page": 100}
LOCAL = {"page": 10}
settings = ChainMap(LOCAL, DEFAULTS)
requests.get(settings["base"] + "/projects", params={"per_page": settings["page"]})
