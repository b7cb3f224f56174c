from urllib.parse import urlparse

import requests

HOST = "https://api.procore.com/"
requests.get(urlparse(HOST)._replace(path="/vapid/projects").geturl())
