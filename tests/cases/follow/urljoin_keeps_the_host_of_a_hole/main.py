import os
from urllib.parse import urljoin

import requests

requests.get(urljoin(os.environ["PROCORE_URL"] + "/api/", "/vapid/projects"))
