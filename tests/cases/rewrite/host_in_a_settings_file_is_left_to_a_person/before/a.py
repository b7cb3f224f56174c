import os

import requests

requests.get(os.environ["PROCORE_URL"] + "/rest/v1.0/me")
