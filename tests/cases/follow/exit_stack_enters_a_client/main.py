from contextlib import ExitStack

import requests


class Api:
    base = "https://api.procore.com"

    def __enter__(self):
        self.session = requests.Session()
        return self

    def __exit__(self, *error):
        self.session.close()

    def get(self, path):
        return self.session.get(self.base + path)


with ExitStack() as stack:
    api = stack.enter_context(Api())
    api.get("/vapid/companies")
