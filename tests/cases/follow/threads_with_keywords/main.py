from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Thread, Timer

import requests

API = "https://api.procore.com/vapid"


class Worker(Thread):
    def __init__(self, path):
        super().__init__()
        self.path = path

    def run(self):
        requests.get(API + self.path)


def fetch(path, method="GET"):
    return requests.request(method, API + path)


Worker("/me").start()
Thread(target=fetch, kwargs={"path": "/projects", "method": "POST"}).start()
Timer(0, fetch, ["/companies"]).start()
with ThreadPoolExecutor() as pool:
    jobs = {pool.submit(fetch, path=path): path for path in ("/offices", "/departments")}
    for job in as_completed(jobs):
        print(jobs[job], job.result())
