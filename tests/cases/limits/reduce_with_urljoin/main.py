from functools import reduce
from urllib.parse import urljoin

import requests

requests.get(reduce(urljoin, ["https://api.procore.com/", "vapid/", "me"]))
