import os

import requests

requests.get(os.environ["PROCORE_URL"] + "/companies")
