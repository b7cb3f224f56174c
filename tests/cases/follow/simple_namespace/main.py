from types import SimpleNamespace

import requests

api = SimpleNamespace(base="https://api.procore.com/vapid", paths=SimpleNamespace(me="/me"))
api.timeout = 5
requests.get(api.base + api.paths.me, timeout=api.timeout)
