import sys

import requests

BASE = "https://api.procore.com"


def path():
    return "/rest/v1.1/me"


def path():
    return "/vapid/me"


if "--companies" in sys.argv:

    def path():
        return "/vapid/companies"


requests.get(BASE + path())
