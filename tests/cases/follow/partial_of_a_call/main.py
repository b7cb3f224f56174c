from functools import partial

import requests

fetch = partial(requests.get, timeout=5)
fetch("https://api.procore.com/vapid/me")
