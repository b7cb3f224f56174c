from itertools import starmap

import requests

CALLS = [
    ("GET", "https://api.procore.com/vapid/me"),
    ("POST", "https://api.procore.com/vapid/projects"),
]
responses = list(starmap(requests.request, CALLS))
