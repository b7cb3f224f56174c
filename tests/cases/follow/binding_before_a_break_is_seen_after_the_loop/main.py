import sys

import requests

path = "/vapid/projects"
for number in range(3):
    if number == 1 and sys.argv[1:]:
        path = "/vapid/me"
        break
    if number == 7:
        path = "/vapid/commitments"
        raise ValueError
requests.get("https://api.procore.com" + path)
