from operator import attrgetter
from types import SimpleNamespace

import requests

target = SimpleNamespace(base="https://api.procore.com/vapid", name="companies")
requests.get(attrgetter("base")(target) + "/" + target.name)
