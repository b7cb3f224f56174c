from collections import deque

import requests

jobs = deque([("GET", "/vapid/me")])
jobs.append(("POST", "/vapid/projects"))
while jobs:
    method, path = jobs.popleft()
    requests.request(method, "https://api.procore.com" + path)
