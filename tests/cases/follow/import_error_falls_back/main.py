import requests

try:
    from local_settings import BASE
except ImportError:
    BASE = "https://api.procore.com/vapid"

try:
    import ujson as json
except ModuleNotFoundError:
    import json

requests.post(BASE + "/projects", data=json.dumps({}))
