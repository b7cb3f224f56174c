from itertools import chain, product

import requests

BASE = "https://api.procore.com/vapid/"
for name in chain(["me"], ("companies",)):
    requests.get(BASE + name)
for number, name in enumerate(["projects"]):
    requests.get(BASE + name, params={"page": number})
for name, limit in zip(["programs"], [5]):
    requests.get(BASE + name, params={"limit": limit})
for base, name in product([BASE], sorted(["offices", "departments"])):
    requests.get(base + name)
