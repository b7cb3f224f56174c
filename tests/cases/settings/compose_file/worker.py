import os

import requests


def companies():
    return requests.get(os.getenv("PROCORE_URL") + "/companies", timeout=10)
