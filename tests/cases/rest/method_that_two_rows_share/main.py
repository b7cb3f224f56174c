import sys

import requests

USERS = "https://api.procore.com/rest/v1.3/users"
ITEM = "https://api.procore.com/rest/v1.0/submittal_logs/{}"


def run(verb="get"):
    getattr(requests, verb)(USERS)
    requests.request(sys.argv[1] if len(sys.argv) > 1 else "GET", ITEM.format(5))


run()
