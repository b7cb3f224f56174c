from urllib.parse import urljoin

import requests

requests.get(urljoin("https://api.procore.com/vapid/companies/", "../me"))
requests.get(urljoin("https://api.procore.com/vapid/", "./projects"))
