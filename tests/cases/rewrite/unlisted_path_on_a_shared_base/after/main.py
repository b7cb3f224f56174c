import os

import requests

ROOT = os.environ["API_ROOT"]
requests.get(f"{ROOT}/rest/v1.0/projects")
requests.get(f"{ROOT}/rest/v1.0/something_new")
