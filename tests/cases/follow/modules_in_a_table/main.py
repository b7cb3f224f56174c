import requests

import rfis
import users

HOST = "https://api.procore.com"
for module, number in ((rfis, 3), (users, 5)):
    requests.get(HOST + module.PATH.format(number))
