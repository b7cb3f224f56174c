import sys

import requests

match sys.argv:
    case [_, "me", *others]:
        path = "/vapid/me"
    case {"x": value} if value:
        path = "/oauth"
    case str() as whole:
        path = whole
    case _:
        path = "/vapid/companies"
requests.get("https://api.procore.com" + path)
