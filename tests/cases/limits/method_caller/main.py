from operator import methodcaller

import requests

fetch = methodcaller("get", "https://api.procore.com/vapid/me", timeout=5)
fetch(requests.Session())
