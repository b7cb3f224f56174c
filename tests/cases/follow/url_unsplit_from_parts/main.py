from urllib.parse import urlunsplit

import requests

requests.get(urlunsplit(("https", "api.procore.com", "vapid/me", "", "")))
