import os

import requests

ROOT = os.environ["API_ROOT"]
requests.get(f"{ROOT}/vapid/projects")
requests.get(f"{ROOT}/vapid/something_new")
