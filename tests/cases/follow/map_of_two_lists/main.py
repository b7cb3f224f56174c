from itertools import repeat

import requests

HOST = "https://api.procore.com"


def fetch(path, host):
    return requests.get(host + path)


responses = list(map(fetch, ["/vapid/companies"], repeat(HOST)))
responses += list(map(lambda path: fetch(path, HOST), ["/vapid/me"]))
