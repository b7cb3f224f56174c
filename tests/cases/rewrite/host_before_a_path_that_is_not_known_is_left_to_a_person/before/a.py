import sys

import requests

BASE = "https://app.procore.com"


def get(path):
    return requests.get(BASE + path)


get("/rest/v1.0/me")
get(sys.argv[1])
