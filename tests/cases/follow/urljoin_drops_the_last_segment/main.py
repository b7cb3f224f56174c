from urllib.parse import urljoin

import requests

requests.get(urljoin("https://api.procore.com/vapid/me", "projects"))
requests.get(urljoin("https://api.procore.com/vapid", "/rest/v1.0/me"))
requests.get(urljoin("https://api.procore.com/vapid", "https://login.procore.com/oauth"))
