import requests

DEFAULTS = {"base": "https://api.procore.com", "path": "/vapid/commitments"}
mine = {**DEFAULTS, "path": "/vapid/me"}
requests.get(mine["base"] + mine["path"])
yours = DEFAULTS | {"path": "/vapid/projects"}
requests.get(yours["base"] + yours["path"])
theirs = dict(DEFAULTS, path="/vapid/companies")
requests.get(theirs["base"] + theirs["path"])
