from urllib.parse import urlencode, urlunparse

import requests

QUERY = urlencode({"per_page": 100})
requests.get(urlunparse(("https", "api.procore.com", "/vapid/me", "", QUERY, "")))
