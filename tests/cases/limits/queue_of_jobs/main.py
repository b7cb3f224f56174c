import queue
import threading

import requests

jobs = queue.Queue()


def work():
    while (path := jobs.get()) is not None:
        requests.get("https://api.procore.com" + path)


for path in ("/vapid/me", "/vapid/companies", None):
    jobs.put(path)
thread = threading.Thread(target=work)
thread.start()
thread.join()
