import sys

import requests

PATHS = {"me": "/vapid/me"}
requests.get("https://api.procore.com" + PATHS.get("me"))
requests.get("https://api.procore.com" + PATHS.get("nothing", "/vapid/companies"))
requests.get("https://api.procore.com" + PATHS.get(sys.argv[1], "/oauth"))
