from operator import itemgetter

import requests

ROUTES = [{"method": "GET", "path": "/vapid/me"}, {"method": "POST", "path": "/vapid/projects"}]

for method, path in map(itemgetter("method", "path"), ROUTES):
    requests.request(method, "https://api.procore.com" + path)
