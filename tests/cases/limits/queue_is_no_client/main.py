import queue

import requests

jobs = queue.Queue()
cache = {}
jobs.put("/vapid/projects")
cache.get("/vapid/me")
requests.get("https://api.procore.com" + jobs.get())
